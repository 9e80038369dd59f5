"""Which claims notes make, and when the alignment abstains."""

import pytest
from parts import made_from

from quizapp.lexicon.load import lexicon
from quizapp.notes.parse import parse_notes
from quizapp.questions.align import align
from quizapp.questions.repair import Repair
from quizapp.questions.statement import statements


def claims(text: str) -> list[str]:
    notes, known = parse_notes(text), lexicon()
    return [one.claim.id.split("/")[0] for one in align(statements(notes), known, Repair(notes, known.words))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("etcd: key value store wich holds the state of the cluster", "etcd"),
        ("- **kube-proxy** - maintains network rules on nodes", "kube-proxy"),
        ("The scheduler assigns a node to every new pod.", "kube-scheduler"),
        ("| name | role |\n|---|---|\n| kubelet | makes sure containers run in pods |", "kubelet"),
        ("```\n# list the pods\nkubectl get pods\n```", "kubectl-get"),
        ("## The Pod object\n\n- the smallest unit of k8s", "pod"),
        ("K8s will:\n- restart pods if they fail", "kubernetes"),
        ("Kubernetes is open source.\n\nIt's a collection of tools to deploy containers", "kubernetes"),
        ("PersistentVolumeClaim (PVC): a request for storage", "persistentvolumeclaim"),
    ],
)
def test_notes_in_any_form_make_the_claim(text: str, term: str) -> None:
    assert term in claims(text)


@pytest.mark.parametrize(
    ("text", "known", "look_alike"),
    [
        ("the kubelet runs the probes", "kubelet", "kubelet: for probes see chapter 3"),
        ("All components talk through the API server.", "component-facts", "components of the app talk through Kafka"),
        ("The kubelet runs on every node.", "component-facts", "The kubelet runs all pods of its node"),
        (
            "the scheduler only decides, the kubelet starts the pod",
            "kubelet-facts",
            "scheduler and kubelet start at boot",
        ),
        ("every pod gets its own ip adress", "pod", "A Service has its own IP and forwards to pods."),
        ("all containers of a pod run on the same node", "pod-containers", "containers of two pods on the same node"),
        ("Pending: no node has enough memory", "pod-facts", "the Pod stays Pending when no node matches"),
        ("CrashLoopBackOff is not a phase!!", "pod-facts", "CrashLoopBackOff: a phase of trouble"),
        (
            "if an init container fails it is retried until it succeeds",
            "init-facts",
            "initialized again until it fails",
        ),
        ("Startup probe: only runs at startup", "startup-probe", "startup probe: others only run after it succeeds"),
        ("RollingUpdate (default): step by step", "rollout-facts", "rolling update defaults: 25% of the pods"),
        ("scaling a Deployment triggers no rollout", "rollout-facts", "a rollout does not scale"),
        (
            "StatefulSet: pods are named web-0, web-1",
            "statefulset-facts",
            "all pods from ordinal 3 to 0 of a StatefulSet",
        ),
        ("names are unique within a namespace", "namespace-facts", "Namespace names must be unique in the cluster"),
        ("Nodes are not in any namespace", "namespace-facts", "a Namespace is not bound to a node"),
        ("labels do not provide uniqueness", "label-facts", "forwards to all pods with the same labels"),
        ("Kubernetes is not a traditional PaaS", "kubernetes-scope", "not every PaaS runs on Kubernetes"),
        ("Kubernetes was developed at Google", "kubernetes-history", "GKE: managed Kubernetes by Google"),
        ("Pod: smallest deployable unit", "pod", "Pod: restarted multiple times when its container fails"),
        ("a ReplicaSet keeps 3 copies of a pod at all times", "replicaset", "A ReplicaSet runs pods on many nodes"),
        ("StatefulSet: pods have a stable network identity", "statefulset", "StatefulSet: must have a unique name"),
        ("Job: runs a task to completion", "job", "Job: finished pods are kept for their logs"),
        (
            "CronJob: runs jobs on a schedule",
            "cronjob",
            "CronJob: the minute is the first field of a schedule that runs",
        ),
        ("HPA: scales pods based on CPU", "horizontalpodautoscaler", "HPA: target CPU utilization 50%"),
        (
            "readiness probe: ready for traffic",
            "readiness-probe",
            "readiness probe: sends a GET request to the container",
        ),
        ("most common: one container per pod", "pod-containers", "a pod often has more than one container"),
        (
            "restartPolicy: Always (default)",
            "pod-facts",
            "on by default: an init container of a pod has restartPolicy: Always",
        ),
        (
            "a Deployment creates a ReplicaSet",
            "rollout-facts",
            "compared to a ReplicaSet a Deployment manages rollouts",
        ),
        (
            "StatefulSet: pods are created in order",
            "statefulset-facts",
            "StatefulSet pods are deleted in reverse order",
        ),
        ("kube-system: control plane pods", "namespace-facts", "VPA deploys three components into `kube-system`"),
        (
            "delay between restarts: capped at 5 minutes",
            "back-off-limit-of-restarts",
            "image pull back-off: max 5 minutes",
        ),
    ],
)
def test_beginners_say_it_in_many_ways_and_much_sounds_like_it(text: str, known: str, look_alike: str) -> None:
    assert known in claims(f"# Notes\n\n- {text}\n")
    assert known not in claims(f"# Notes\n\n- {look_alike}\n")


@pytest.mark.parametrize(
    "text",
    [
        "etcd does not store the state of the cluster",
        "Does etcd store the cluster state?",
        "Before 1.24 the kubelet used dockershim to run containers of pods",
        "A StatefulSet, unlike a Deployment, keeps a sticky identity",
        "etcd and the kubelet store the state of the cluster",
        "## Lab\n\netcd: stores the state of the cluster",
        "## TODO\n\n- kubelet: runs the containers of the pods",
        "kubelet: the name comes from kube",
        "Delete: removes the volume and its storage",
    ],
)
def test_it_abstains_in_doubt(text: str) -> None:
    assert claims(text) == []


def test_a_sentence_with_a_subject_of_its_own_is_not_about_its_heading() -> None:
    assert claims("# Kustomize\n\nAn overlay changes the YAML of a base.\n") == []
    assert claims("# Kustomize\n\nA tool that customizes YAML without templates.\n") == ["kustomize"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("# P\n\n- kubelet listens on port 10250\n", ["kubelet-port"]),
        ("# P\n\nDefaults:\n\n- periodSeconds: 10\n", ["period-seconds"]),
        ("# P\n\nDefaults:\n\n- periodSeconds: 100\n", []),
        ("# P\n\nDefaults:\n\n- periodSeconds: 1.10\n", []),
        ("# P\n\nExamples:\n\n- periodSeconds: 10\n", []),
        ("# P\n\n- the API server talks to the kubelet on port 10250\n", ["kubelet-port"]),
        ("# P\n\n- a ConfigMap has a size limit of 1MiB\n", ["etcd-object-limit"]),
    ],
)
def test_a_number_has_to_stand_in_the_statement_itself(text: str, asked: list[str]) -> None:
    assert claims(text) == asked


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Defaults:\n\n- failureThreshold: 5\n",
            "this looks wrong: by default the failureThreshold of a probe is 3",
        ),
        ("Defaults:\n\n- failureThreshold: 3\n", ""),
        ("Example:\n\n- failureThreshold: 5\n", ""),
        ("- API server port: 8443\n", "this looks wrong: by default the API server listens on port 6443"),
        ("- API server port: 6443, or 443 behind a load balancer\n", ""),
    ],
)
def test_an_entry_with_another_number_is_told_to_the_author(text: str, says: str) -> None:
    made = made_from(f"# P\n\n{text}")
    assert [warning.says for warning in made.warnings] == ([says] if says else [])
    assert not says or made.items == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "# N\n\n## 1. Liveness probe\n\n- **Purpose**: restarts a container that hangs\n",
            ["liveness-probe"],
        ),
        ("# N\n\n## Liveness probe\n\n- **Impact**: restarts a container that hangs\n", []),
        (
            "# N\n\n- readiness probe: takes a Pod out of the endpoints. It does not restart anything.\n",
            ["readiness-probe", "readiness-probe"],
        ),
        ("# N\n\n- Pod = Containers and resources\n", []),
        ("# N\n\n- Pod: contains resources that its containers share\n", ["pod"]),
    ],
)
def test_who_a_statement_is_about_and_what_it_says(text: str, asked: list[str]) -> None:
    assert claims(text) == asked


def test_what_stands_below_an_entry_defines_nothing() -> None:
    text = (
        "# N\n\n- Gadget: a thing that turns wheels\n  - flexible for many uses at any time\n"
        "- Widget:\n  - a part that holds things together\n"
    )
    assert [item.back for item in made_from(text).items if item.kind == "term"] == [
        "a thing that turns wheels.",
        "a part that holds things together.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- Running: the container is successfully running inside the Pod",
        "- PVC: api resource that lets a Pod connect to any type of storage provided at the environment",
        "- ConfigMap: api resource used to store site-specific data",
    ],
)
def test_a_word_or_two_in_common_contradict_nothing(text: str) -> None:
    assert made_from(f"# Pod phases\n\n{text}\n").warnings == ()


@pytest.mark.parametrize("name", ["Avoid long probes", "Monitor resources", "Impact", "Probe types", "Behaviour"])
def test_advice_and_labels_are_no_terms(name: str) -> None:
    assert made_from(f"# N\n\n- **{name}**: keeps an eye on the memory of every node\n").items == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("- NodePort -> same port on all nodes (30000-32767)", "service-types/opens-the-port"),
        ("If `targetPort` is left out, it has the same value as `port`.", "service-ports/takes-port"),
        ("An Ingress alone does nothing: an Ingress controller has to run.", "ingress-facts/has-no-effect"),
        ("- NetworkPolicies are additive, no deny rules", "policy-facts/add-up"),
        ("- PVC stays Pending if no matching PV is found", "claim-facts/leaves-a-claim-pending"),
        ("- Default for dynamically provisioned volumes: `Delete`", "provisioning-facts/deletes"),
        ("- subPath: no updates when the ConfigMap changes", "settings-in-pods/does-not-update"),
        ("- over the memory limit -> OOMKilled", "resource-facts/kills"),
        ("- kubeadm join token: valid for 24 hours", "join-token/is-24-hours"),
    ],
)
def test_a_fact_of_networks_storage_or_settings_is_found(text: str, claim: str) -> None:
    notes, known = parse_notes(f"# N\n\n{text}\n"), lexicon()
    found = [one.claim.id for one in align(statements(notes), known, Repair(notes, known.words))]
    assert [one for one in found if one.startswith(claim)], found


@pytest.mark.parametrize(
    "text",
    [
        "- the service listens on a port",
        "- an ingress controller without rules does nothing",
        "- by default pods cannot talk to each other",
        "- A PVC can grow only when its StorageClass has `allowVolumeExpansion: false`.",
        "- PVC stays Pending until a pod uses it, volume is bound then",
        "- env variables from a ConfigMap are updated never, not automatically",
        "- the scheduler gets a request and picks a node",
        "- A PVC cannot bind to a smaller PV",
        "- If no NetworkPolicies apply to a Pod, all incoming connections are allowed",
        "- a default deny policy blocks traffic to all pods by default",
        "- if you delete the default StorageClass, dynamic provisioning stops",
        "- Static Pods are created by hand and may mount volumes",
        "- The infrastructure provider supplies a GatewayClass.",
        "- Ingress controller: no default backend",
        "- a Pod can use a ServiceAccount of its own namespace by its name",
        "- dnsPolicy can be Default, ClusterFirst, ClusterFirstWithHostNet or None",
        "- a Service can be mapped to an ExternalIP address if it can route to one or more nodes",
    ],
)
def test_what_only_sounds_like_such_a_fact_is_left_alone(text: str) -> None:
    assert claims(f"# N\n\n{text}\n") == []


def test_a_name_that_begins_with_a_small_letter_is_shown_so() -> None:
    (asked,) = (one for one in made_from("# N\n\n- targetPort: port of the container\n").items if one.kind == "choice")
    assert {option.text for option in asked.options} == {"targetPort", "port", "nodePort", "hostPort"}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("- `requiredDuringSchedulingIgnoredDuringExecution`: hard requirement", "placement-facts"),
        ("- cordon: no new pods, existing pods keep running", "node-upkeep"),
        ("- HPA: scales between minReplicas and maxReplicas", "autoscaling-facts"),
        ("Authentication fails -> 401", "request-facts"),
        ("There is no User object in Kubernetes!", "request-facts"),
        ("- PSA is the successor of PSP", "pod-security"),
        ("You cannot skip minor versions when upgrading", "cluster-upkeep"),
        ("- containers share the host kernel, VMs have their own OS", "isolation-facts"),
        ("- image tag defaults to latest", "image-facts"),
        ("- `docker run -d nginx`: run container in background", "docker-facts"),
        ("- helm stores release info in Secrets", "helm-facts"),
        ("GitOps: Git is the single source of truth", "gitops-facts"),
        ("```\nkubectl get pods -A\n--> list the pods of all namespaces\n```", "kubectl-options"),
        ("- `kubectl logs -p web`: logs of the crashed container", "kubectl-options"),
    ],
)
def test_what_is_taught_of_the_topics_is_claimed(text: str, term: str) -> None:
    assert term in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "preferredDuringSchedulingIgnoredDuringExecution: not a hard rule",
        "After uncordon the pods do not come back, they remain where they are",
        "The scheduler receives a request and says which node has room",
        "e.g. environment variables of a container",
        "Kustomize stores its releases in Secrets",
        "- `kubectl get pods --all-namespaces`",
        "The cluster admin has full access to the servers",
    ],
)
def test_what_only_shares_words_with_a_claim_is_none(text: str) -> None:
    assert not [one for one in claims(text) if one.endswith(("-facts", "-upkeep", "-options", "-rules"))]


@pytest.mark.parametrize(
    "text",
    [
        "- init container: used in order to finish the setup",
        "- pause container: first container in each Pod, has its own namespace",
        "- preStop: has to complete before the grace period ends",
        "- CrashLoopBackOff: container crashed, look at its logs and wait",
        "- ImagePullBackOff: look at the tag of the image",
        "- maxUnavailable: how many pods may be down during a disruption",
        "- revisionHistoryLimit: number of revisions to keep",
        "- timeoutSeconds: in seconds, one for each probe",
        "- Lease: lightweight lock",
        "- Kata Containers: isolation like a VM",
        "HTTPRoute attaches rules to a Gateway.",
        "A VolumeSnapshot needs a snapshot controller and a CSI driver.",
        "- Taint: set on a node, not on a pod",
        "- NoSchedule: does not affect pods that were scheduled before",
        "- metrics-server: aggregates metrics from pods, stored in memory",
        "cert-manager needs an Issuer for certificates.",
        "kube-state-metrics is deployed as a Deployment.",
        "Node-pressure eviction is done by the kubelet.",
        "- Scale up: the cluster autoscaler adds machines when resources are short",
        "- If you delete a static pod with kubectl, the kubelet makes it again from its manifest",
        "- With restartPolicy Never a failed init container is not restarted again",
    ],
)
def test_a_line_that_says_less_than_a_claim_does_not_make_it(text: str) -> None:
    assert claims(f"# N\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("The API server provides authentication and authorization.", "kube-apiserver/exposes"),
        ("- etcd: keeps its configuration in /etc/etcd", "etcd/stores-the-state"),
        ("The scheduler does not place the pod on the node.", "kube-scheduler/watches"),
        ("The scheduler needs 100m CPU.", "kube-scheduler/takes"),
        ("The cloud controller manager is optional.", "cloud-controller-manager/connects"),
        ("The kubelet runs the liveness probe of each container.", "kubelet/makes-sure"),
        ("A container runtime must implement the CRI.", "container runtime/is-the-software"),
        ("Control plane nodes have a taint.", "master-node/is-a-machine"),
        ("- API server: the only component that talks to etcd", "component-facts/reach-each-other"),
        ("- several pods on the same node do not share an IP", "node-rules/may-belong"),
        ("- Kubernetes is not tied to one cloud provider", "kubernetes-is-not/is-no-cloud"),
        ("- Kubernetes does not care which machine a Pod runs on", "kubernetes-is-not/does-not-create"),
        ("- Pods of a managed node group can have health checks", "ecs/offers-health"),
        ("- Pods depend on a service", "vendor-lock-in/is-the-dependence"),
        ("A ConfigMap must exist before the containers keep running.", "configmap/holds-settings"),
        ("A service account is created in each namespace for pods.", "serviceaccount/gives"),
        ("A ClusterRole gives access to pods.", "clusterrole/lists"),
        ("- create configmap --from-file: each file becomes a key", "settings-in-pods/makes-a-file"),
        ("- memory limits can be overcommitted, pods may be OOMKilled", "resource-facts/kills"),
    ],
)
def test_a_line_that_names_the_words_of_a_claim_in_passing_does_not_make_it(line: str, claim: str) -> None:
    notes, known = parse_notes(f"# N\n\n{line}\n"), lexicon()
    assert any(one.id.startswith(claim) for term in known.terms.values() for one in term.claims)
    found = [one.claim.id for one in align(statements(notes), known, Repair(notes, known.words))]
    assert not [one for one in found if one.startswith(claim)]
