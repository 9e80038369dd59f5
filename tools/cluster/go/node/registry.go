package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// A store is a folder: images.json says which digest a repository's tag has, blobs/ holds manifests, configs and layers.
type store struct {
	folder string
	images map[string]map[string]string
}

// registry serves a folder of images, read-only, as a public registry answers: an unknown tag is "not found",
// an unknown repository asks for a token and then refuses it.
func registry(arguments []string) error {
	if len(arguments) != 2 {
		return fmt.Errorf("usage: registry ADDRESS FOLDER")
	}
	text, err := os.ReadFile(filepath.Join(arguments[1], "images.json"))
	if err != nil {
		return err
	}
	served := store{folder: arguments[1]}
	if err := json.Unmarshal(text, &served.images); err != nil {
		return err
	}
	return http.ListenAndServe(arguments[0], served)
}

func (s store) ServeHTTP(reply http.ResponseWriter, request *http.Request) {
	path, isAPI := strings.CutPrefix(request.URL.Path, "/v2/")
	parts := strings.Split(path, "/")
	switch {
	case request.URL.Path == "/token":
		reply.Header().Set("Content-Type", "application/json")
		fmt.Fprint(reply, `{"token": "anonymous"}`)
	case !isAPI:
		http.NotFound(reply, request)
	case path == "":
		fmt.Fprint(reply, "{}")
	case len(parts) < 3:
		refuse(reply, http.StatusNotFound, "NAME_UNKNOWN", "repository name not known to registry")
	default:
		s.find(reply, request, strings.Join(parts[:len(parts)-2], "/"), parts[len(parts)-2], parts[len(parts)-1])
	}
}

func (s store) find(reply http.ResponseWriter, request *http.Request, repository, kind, reference string) {
	tags, known := s.images[repository]
	switch {
	case !known:
		challenge(reply, request, repository)
	case kind == "blobs":
		s.send(reply, request, reference, "application/octet-stream", "BLOB_UNKNOWN")
	case kind == "manifests" && strings.HasPrefix(reference, "sha256:"):
		s.send(reply, request, reference, "application/vnd.oci.image.manifest.v1+json", "MANIFEST_UNKNOWN")
	case kind == "manifests" && tags[reference] != "":
		s.send(reply, request, tags[reference], "application/vnd.oci.image.manifest.v1+json", "MANIFEST_UNKNOWN")
	default:
		refuse(reply, http.StatusNotFound, "MANIFEST_UNKNOWN", "manifest unknown")
	}
}

func (s store) send(reply http.ResponseWriter, request *http.Request, digest, kind, missing string) {
	path := filepath.Join(s.folder, "blobs", filepath.Base(strings.TrimPrefix(digest, "sha256:")))
	if _, err := os.Stat(path); err != nil {
		refuse(reply, http.StatusNotFound, missing, "unknown to registry")
		return
	}
	reply.Header().Set("Content-Type", kind)
	reply.Header().Set("Docker-Content-Digest", digest)
	http.ServeFile(reply, request, path)
}

func challenge(reply http.ResponseWriter, request *http.Request, repository string) {
	header := fmt.Sprintf(`Bearer realm="http://%s/token",service="registry",scope="repository:%s:pull"`, request.Host, repository)
	if request.Header.Get("Authorization") != "" {
		header += `,error="insufficient_scope"`
	}
	reply.Header().Set("WWW-Authenticate", header)
	refuse(reply, http.StatusUnauthorized, "UNAUTHORIZED", "authentication required")
}

func refuse(reply http.ResponseWriter, status int, code, says string) {
	reply.Header().Set("Content-Type", "application/json")
	reply.WriteHeader(status)
	fmt.Fprintf(reply, `{"errors": [{"code": %q, "message": %q}]}`, code, says)
}
