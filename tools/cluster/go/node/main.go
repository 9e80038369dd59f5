// Command node is the small programs of the test cluster in one: what its name, or its first argument, says.
//
// pause holds a Pod's namespaces, nginx answers HTTP as the public image of that name does for what labs use,
// registry serves the images that were built on this machine. It knows nothing of Kubernetes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	name, arguments := filepath.Base(os.Args[0]), os.Args[1:]
	if name == "node" && len(arguments) > 0 {
		name, arguments = arguments[0], arguments[1:]
	}
	programs := map[string]func([]string) error{"nginx": nginx, "pause": pause, "registry": registry}
	program, known := programs[name]
	if !known {
		fmt.Fprintln(os.Stderr, "node: no program is called", name)
		os.Exit(2)
	}
	if err := program(arguments); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}
