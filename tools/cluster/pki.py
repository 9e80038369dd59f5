"""The cluster's own certificates, made fresh by openssl for each start, and the kubeconfigs that use them."""

import base64
import subprocess
from pathlib import Path

from tools.cluster import needs

NODE_ADDRESS = "10.77.0.1"
SERVER_NAMES = (
    "DNS:localhost,DNS:minikube,DNS:control-plane.minikube.internal,DNS:kubernetes,DNS:kubernetes.default,"
    f"DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:10.96.0.1,IP:{NODE_ADDRESS}"
)
SUBJECTS = {
    "admin": "/O=system:masters/CN=minikube-user",
    "apiserver": "/CN=minikube",
    "apiserver-kubelet": "/O=system:masters/CN=kube-apiserver-kubelet-client",
    "kube-controller-manager": "/CN=system:kube-controller-manager",
    "kube-proxy": "/CN=system:kube-proxy",
    "kube-scheduler": "/CN=system:kube-scheduler",
    "kubelet": "/O=system:nodes/CN=system:node:minikube",
}
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def make(folder: Path) -> None:
    """An authority and a certificate for each part, the same for aggregated APIs, and the key of service accounts."""
    folder.mkdir(mode=0o700)
    (folder / "names.ext").write_text(f"subjectAltName={SERVER_NAMES}\n")
    _authority(folder, "ca", "/CN=minikubeCA")
    for name, subject in SUBJECTS.items():
        _certificate(folder, "ca", name, subject)
    _authority(folder, "front-proxy-ca", "/CN=front-proxy-ca")
    _certificate(folder, "front-proxy-ca", "front-proxy-client", "/CN=front-proxy-client")
    _openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "sa.key")


def _authority(folder: Path, name: str, subject: str) -> None:
    files = ["-keyout", f"{name}.key", "-out", f"{name}.crt"]
    _openssl(folder, "req", *CURVE, "-x509", "-days", "365", "-subj", subject, *files)


def _certificate(folder: Path, authority: str, name: str, subject: str) -> None:
    _openssl(folder, "req", *CURVE, "-subj", subject, "-keyout", f"{name}.key", "-out", f"{name}.csr")
    signer = ["-CA", f"{authority}.crt", "-CAkey", f"{authority}.key", "-CAcreateserial", "-extfile", "names.ext"]
    _openssl(folder, "x509", "-req", "-in", f"{name}.csr", *signer, "-days", "365", "-out", f"{name}.crt")


def kubeconfig(pki: Path, user: str, server: str) -> str:
    """A whole kubeconfig with everything inside, named and marked as minikube writes its own."""
    mark = "    extensions:\n    - extension: {provider: minikube.sigs.k8s.io, version: v1.39.0}\n      name: "
    return (
        "apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n"
        f"{mark}cluster_info\n    certificate-authority-data: {_encoded(pki / 'ca.crt')}\n    server: {server}\n"
        "  name: minikube\ncontexts:\n- context:\n    cluster: minikube\n"
        f"{mark}context_info\n    namespace: default\n    user: minikube\n  name: minikube\n"
        "current-context: minikube\nusers:\n- name: minikube\n  user:\n"
        f"    client-certificate-data: {_encoded(pki / f'{user}.crt')}\n"
        f"    client-key-data: {_encoded(pki / f'{user}.key')}\n"
    )


def _encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([needs.program("openssl"), *arguments], cwd=folder, check=True, capture_output=True)
