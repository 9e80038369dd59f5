package main

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// What an image says about itself, and the two settings that are read from /etc/nginx.
type site struct {
	version string
	listen  []string
	root    string
}

var (
	listenLine = regexp.MustCompile(`(?m)^\s*listen\s+(?:[\d.]+:)?(\d+)`)
	rootLine   = regexp.MustCompile(`(?m)^\s*root\s+([^;]+);`)
)

// nginx serves files as the public image does: Server header, welcome page, access log, a quick end on TERM and QUIT.
// Of the configuration it reads `listen` and `root` alone, and says so with -t.
func nginx(arguments []string) error {
	served := settings("/etc/nginx")
	for _, argument := range arguments {
		switch argument {
		case "-v", "-V":
			fmt.Fprintln(os.Stderr, "nginx version: nginx/"+served.version)
			return nil
		case "-t":
			fmt.Fprintln(os.Stderr, "nginx: this stand-in reads only listen and root from /etc/nginx")
			return nil
		}
	}
	failed := make(chan error, len(served.listen))
	for _, port := range served.listen {
		go func() { failed <- http.ListenAndServe(":"+port, served) }()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGINT)
	select {
	case err := <-failed:
		return err
	case <-stop:
		return nil
	}
}

func settings(folder string) site {
	found := site{version: "0", root: "/usr/share/nginx/html"}
	if text, err := os.ReadFile(filepath.Join(folder, "version")); err == nil {
		found.version = strings.TrimSpace(string(text))
	}
	files, _ := filepath.Glob(filepath.Join(folder, "conf.d", "*.conf"))
	for _, file := range files {
		text, _ := os.ReadFile(file)
		for _, match := range listenLine.FindAllSubmatch(text, -1) {
			found.listen = append(found.listen, string(match[1]))
		}
		if match := rootLine.FindSubmatch(text); match != nil {
			found.root = string(match[1])
		}
	}
	if len(found.listen) == 0 {
		found.listen = []string{"80"}
	}
	return found
}

// answered remembers the status and the size for the access log.
type answered struct {
	http.ResponseWriter
	status, size int
}

func (a *answered) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answered) Write(body []byte) (int, error) {
	written, err := a.ResponseWriter.Write(body)
	a.size += written
	return written, err
}

func (s site) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	reply := &answered{ResponseWriter: writer, status: http.StatusOK}
	reply.Header().Set("Server", "nginx/"+s.version)
	s.file(reply, request)
	client := request.RemoteAddr[:max(strings.LastIndex(request.RemoteAddr, ":"), 0)]
	fmt.Printf("%s - - [%s] \"%s %s %s\" %d %d \"%s\" \"%s\" \"-\"\n", client, time.Now().Format("02/Jan/2006:15:04:05 -0700"),
		request.Method, request.URL.RequestURI(), request.Proto, reply.status, reply.size, dash(request.Referer()), dash(request.UserAgent()))
}

func (s site) file(reply *answered, request *http.Request) {
	path := filepath.Join(s.root, filepath.Clean("/"+request.URL.Path))
	found, err := os.Stat(path)
	if err == nil && found.IsDir() {
		path = filepath.Join(path, "index.html")
		found, err = os.Stat(path)
	}
	switch {
	case os.IsPermission(err):
		s.failure(reply, http.StatusForbidden)
	case err != nil:
		s.failure(reply, http.StatusNotFound)
	default:
		text, err := os.Open(path)
		if err != nil {
			s.failure(reply, http.StatusForbidden)
			return
		}
		defer text.Close()
		http.ServeContent(reply, request, path, found.ModTime(), text)
	}
}

func (s site) failure(reply *answered, status int) {
	says := fmt.Sprintf("%d %s", status, http.StatusText(status))
	reply.Header().Set("Content-Type", "text/html")
	reply.WriteHeader(status)
	fmt.Fprintf(reply, "<html>\n<head><title>%s</title></head>\n<body>\n<center><h1>%s</h1></center>\n<hr><center>nginx/%s</center>\n</body>\n</html>\n", says, says, s.version)
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
