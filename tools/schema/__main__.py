"""`python -m tools.schema`: writes quizapp/lexicon/data/schema.json anew.

The schemas are those of the package kubernetes-validate, which the project itself does not need:

    python -m venv /tmp/schemas && /tmp/schemas/bin/pip install kubernetes-validate==1.37.0
    /tmp/schemas/bin/python -m tools.schema
"""

import json
import sys
from importlib import metadata
from pathlib import Path

from tools.schema.build import as_text, table

PACKAGE, VERSION = "kubernetes-validate", "1.37.0"
KUBERNETES = ("1.34.0", "1.35.0", "1.36.0", "1.37.0")
PLACE = "kubernetes_validate/kubernetes-json-schema/v{version}-local/_definitions.json"
OUT = Path(__file__).resolve().parents[2] / "quizapp" / "lexicon" / "data" / "schema.json"
IN_A_NAMESPACE = """
    ConfigMap ControllerRevision CronJob DaemonSet Deployment EndpointSlice Endpoints Event HorizontalPodAutoscaler
    Ingress Job Lease LimitRange NetworkPolicy PersistentVolumeClaim Pod PodDisruptionBudget PodTemplate ReplicaSet
    ReplicationController ResourceQuota Role RoleBinding Secret Service ServiceAccount StatefulSet
"""
OF_THE_CLUSTER = """
    APIService CertificateSigningRequest ClusterRole ClusterRoleBinding CSIDriver CustomResourceDefinition IngressClass
    MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass RuntimeClass StorageClass
    ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment
"""


def main() -> int:
    """Reads the installed package, writes the file and says how large it is."""
    try:
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        print(f"this Python has no {PACKAGE}; install {PACKAGE}=={VERSION} in a venv of its own", file=sys.stderr)
        return 1
    if package.version != VERSION:
        print(f"this is {PACKAGE} {package.version}; the file is made from {VERSION}", file=sys.stderr)
        return 1
    texts = [Path(str(package.locate_file(PLACE.format(version=one)))).read_text("utf-8") for one in KUBERNETES]
    sources = [json.loads(text)["$defs"] for text in texts]
    wanted = dict.fromkeys(IN_A_NAMESPACE.split(), True) | dict.fromkeys(OF_THE_CLUSTER.split(), False)
    origin = f"Kubernetes {KUBERNETES[0][:-2]} to {KUBERNETES[-1][:-2]}, from {PACKAGE} {VERSION}"
    made = table(sources, wanted, origin=origin)
    text = as_text(made)
    OUT.write_bytes(text.encode("ascii"))
    print(f"{OUT.name}: {len(made['kinds'])} kinds, {len(made['definitions'])} definitions, {len(text):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
