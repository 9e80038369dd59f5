"""What runs on the node: each component's command line and the files it reads. Text in, text out; starts nothing."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.cluster import pins
from tools.cluster.pki import NODE_ADDRESS

REGISTRY = "127.0.0.1:5000"
ETCD = "http://127.0.0.1:2379"
API_PORT = 8443
# Registries that answer here, with what was built; any other host is one that DNS does not know.
MIRRORED = ("docker.io", "registry.k8s.io")
CAP_SYS_RESOURCE = 1 << 24


@dataclass(frozen=True)
class Plan:
    """Everything that a command line or a file of the node depends on."""

    state: Path
    kube: Path
    containerd: Path
    coredns: Path
    node: Path
    images: Path
    cni: Path
    cgroup: str
    may_lower_oom: bool
    snapshotter: str

    def dump(self) -> str:
        return json.dumps(
            {key: value if isinstance(value, str | bool) else str(value) for key, value in vars(self).items()}
        )

    @classmethod
    def load(cls, text: str) -> "Plan":
        plain = json.loads(text)
        plain_text = {"cgroup", "may_lower_oom", "snapshotter"}
        fields: dict[str, Any] = {key: value if key in plain_text else Path(value) for key, value in plain.items()}
        return cls(**fields)


def early(plan: Plan) -> dict[str, list[str]]:
    """What can start before the API server answers."""
    return {
        "etcd": _etcd(plan),
        "registry": [str(plan.node), "registry", REGISTRY, str(plan.images)],
        "dns": [str(plan.coredns), "-conf", str(plan.state / "Corefile"), "-quiet"],
        "containerd": [str(plan.containerd / "containerd"), "-c", str(plan.state / "containerd.toml")],
        "kube-apiserver": _apiserver(plan),
    }


def late(plan: Plan) -> dict[str, list[str]]:
    """What ends when it finds no API server at its start."""
    return {
        "kube-controller-manager": _manager(plan),
        "kube-scheduler": [str(plan.kube), "kube-scheduler", "--leader-elect=false", *_as(plan, "kube-scheduler")],
        "kubelet": _kubelet(plan),
        "kube-proxy": [str(plan.kube), "kube-proxy", f"--config={plan.state}/kube-proxy.json"],
    }


def _etcd(plan: Plan) -> list[str]:
    peer = "http://127.0.0.1:2380"
    addresses = [f"--listen-client-urls={ETCD}", f"--advertise-client-urls={ETCD}", f"--listen-peer-urls={peer}"]
    cluster = [f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}"]
    return [str(plan.kube), "etcd", f"--data-dir={plan.state}/etcd", "--unsafe-no-fsync", *addresses, *cluster]


def _apiserver(plan: Plan) -> list[str]:
    pki = plan.state / "pki"
    return [
        *(str(plan.kube), "kube-apiserver", f"--etcd-servers={ETCD}"),
        *("--bind-address=0.0.0.0", f"--advertise-address={NODE_ADDRESS}", f"--secure-port={API_PORT}"),
        *(f"--tls-cert-file={pki}/apiserver.crt", f"--tls-private-key-file={pki}/apiserver.key"),
        *(f"--client-ca-file={pki}/ca.crt", f"--service-account-key-file={pki}/sa.key"),
        *(
            f"--service-account-signing-key-file={pki}/sa.key",
            "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        ),
        *(
            f"--kubelet-client-certificate={pki}/apiserver-kubelet.crt",
            f"--kubelet-client-key={pki}/apiserver-kubelet.key",
        ),
        *(
            f"--requestheader-client-ca-file={pki}/front-proxy-ca.crt",
            "--requestheader-allowed-names=front-proxy-client",
        ),
        *("--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group"),
        *(
            "--requestheader-extra-headers-prefix=X-Remote-Extra-",
            f"--proxy-client-key-file={pki}/front-proxy-client.key",
        ),
        f"--proxy-client-cert-file={pki}/front-proxy-client.crt",
        *("--kubelet-preferred-address-types=InternalIP", "--service-cluster-ip-range=10.96.0.0/12"),
        *("--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true"),
    ]


def _manager(plan: Plan) -> list[str]:
    pki = plan.state / "pki"
    return [
        *(str(plan.kube), "kube-controller-manager", *_as(plan, "kube-controller-manager"), "--leader-elect=false"),
        *(f"--root-ca-file={pki}/ca.crt", f"--service-account-private-key-file={pki}/sa.key"),
        *(f"--cluster-signing-cert-file={pki}/ca.crt", f"--cluster-signing-key-file={pki}/ca.key"),
        *("--use-service-account-credentials", "--enable-hostpath-provisioner=true", "--cluster-cidr=10.244.0.0/16"),
    ]


def _kubelet(plan: Plan) -> list[str]:
    return [
        *(
            str(plan.kube),
            "kubelet",
            f"--kubeconfig={plan.state}/kubelet.kubeconfig",
            f"--config={plan.state}/kubelet.json",
        ),
        *("--hostname-override=minikube", f"--node-ip={NODE_ADDRESS}"),
        *(f"--root-dir={plan.state}/kubelet", f"--cert-dir={plan.state}/pki/kubelet"),
    ]


def _as(plan: Plan, name: str) -> list[str]:
    kubeconfig = f"{plan.state}/{name}.kubeconfig"
    flags = ("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")
    return [f"--{flag}={kubeconfig}" for flag in flags]


def files(plan: Plan) -> dict[str, str]:
    """The files that the components read, by their path in the state folder."""
    mirrors = {f"registries/{host}/hosts.toml": f'server = "http://{REGISTRY}"\n' for host in MIRRORED}
    return mirrors | {
        "containerd.toml": containerd(plan),
        "cni/10-bridge.conflist": json.dumps(_network()),
        "kubelet.json": json.dumps(_kubelet_settings(plan)),
        "kube-proxy.json": json.dumps(_proxy_settings(plan)),
        "resolv.conf": f"nameserver {NODE_ADDRESS}\n",
        "hosts": f"127.0.0.1 localhost\n{NODE_ADDRESS} minikube control-plane.minikube.internal\n",
        "Corefile": f".:53 {{\n  bind {NODE_ADDRESS} 127.0.0.1\n  hosts {plan.state}/hosts {{\n    fallthrough\n  }}\n"
        "  template ANY ANY {\n    rcode NXDOMAIN\n  }\n}\n",
    }


def containerd(plan: Plan) -> str:
    runtime = 'plugins."io.containerd.cri.v1.runtime"'
    images = 'plugins."io.containerd.cri.v1.images"'
    return f"""version = 3
root = "{plan.state}/containerd/root"
state = "{plan.state}/containerd/run"
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
  address = "{plan.state}/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "{plan.state}/containerd/opt"
[{images}]
  snapshotter = "{plan.snapshotter}"
[{images}.pinned_images]
  sandbox = "{pins.PAUSE_IMAGE}"
[{images}.registry]
  config_path = "{plan.state}/registries"
[{runtime}]
  restrict_oom_score_adj = {str(not plan.may_lower_oom).lower()}
[{runtime}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [{runtime}.containerd.runtimes.runc.options]
    SystemdCgroup = false
[{runtime}.cni]
  bin_dirs = ["{plan.cni}"]
  conf_dir = "{plan.state}/cni"
"""


def _network() -> dict[str, object]:
    addresses = {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}
    bridge = {
        "type": "bridge",
        "bridge": "cni0",
        "isGateway": True,
        "ipMasq": True,
        "hairpinMode": True,
        "ipam": addresses,
    }
    return {
        "cniVersion": "1.0.0",
        "name": "bridge",
        "plugins": [bridge, {"type": "portmap", "capabilities": {"portMappings": True}}],
    }


def _kubelet_settings(plan: Plan) -> dict[str, object]:
    authority = f"{plan.state}/pki/ca.crt"
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": authority},
        },
        "authorization": {"mode": "Webhook"},
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{plan.cgroup}",
        "clusterDNS": ["10.96.0.10"],
        "clusterDomain": "cluster.local",
        "containerRuntimeEndpoint": f"unix://{plan.state}/containerd.sock",
        "enforceNodeAllocatable": [],
        "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        "failCgroupV1": False,
        "failSwapOn": False,
        "imageGCHighThresholdPercent": 100,
        "resolvConf": f"{plan.state}/resolv.conf",
        "serializeImagePulls": False,
        "volumePluginDir": f"{plan.state}/kubelet/volume-plugins",
    }


def _proxy_settings(plan: Plan) -> dict[str, object]:
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "clientConnection": {"kubeconfig": f"{plan.state}/kube-proxy.kubeconfig"},
        "mode": "nftables",
        "clusterCIDR": "10.244.0.0/16",
        "hostnameOverride": "minikube",
        "conntrack": {"maxPerCore": 0},
    }
