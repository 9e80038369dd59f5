"""What the cluster answered, as the API serves it. *Absent* (a list without it) and *unreadable* (no list) are
different values.

Knows which kinds there are and how the API names them; does not know what is good or bad about an object.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from quizapp.labs.trouble import Unreadable

Object = Mapping[str, Any]

HERE = "{namespace}"


@dataclass(frozen=True, slots=True)
class Kind:
    """How the API names a kind: `path` is the collection below /api or /apis, cluster-wide when not `namespaced`."""

    name: str
    version: str
    plural: str
    namespaced: bool = True

    def url(self, namespace: str | None) -> str:
        """Path of its LIST in a namespace, or in all of them for None."""
        root = f"/api/{self.version}" if "/" not in self.version else f"/apis/{self.version}"
        within = f"/namespaces/{namespace}" if self.namespaced and namespace is not None else ""
        return f"{root}{within}/{self.plural}"


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("Pod", "v1", "pods"),
        Kind("Service", "v1", "services"),
        Kind("ConfigMap", "v1", "configmaps"),
        Kind("Secret", "v1", "secrets"),
        Kind("Event", "v1", "events"),
        Kind("ResourceQuota", "v1", "resourcequotas"),
        Kind("PersistentVolumeClaim", "v1", "persistentvolumeclaims"),
        Kind("ServiceAccount", "v1", "serviceaccounts"),
        Kind("Deployment", "apps/v1", "deployments"),
        Kind("ReplicaSet", "apps/v1", "replicasets"),
        Kind("StatefulSet", "apps/v1", "statefulsets"),
        Kind("DaemonSet", "apps/v1", "daemonsets"),
        Kind("Job", "batch/v1", "jobs"),
        Kind("CronJob", "batch/v1", "cronjobs"),
        Kind("EndpointSlice", "discovery.k8s.io/v1", "endpointslices"),
        Kind("Ingress", "networking.k8s.io/v1", "ingresses"),
        Kind("NetworkPolicy", "networking.k8s.io/v1", "networkpolicies"),
        Kind("HorizontalPodAutoscaler", "autoscaling/v2", "horizontalpodautoscalers"),
        Kind("PodDisruptionBudget", "policy/v1", "poddisruptionbudgets"),
        Kind("LimitRange", "v1", "limitranges"),
        Kind("Role", "rbac.authorization.k8s.io/v1", "roles"),
        Kind("RoleBinding", "rbac.authorization.k8s.io/v1", "rolebindings"),
        Kind("Node", "v1", "nodes", namespaced=False),
        Kind("Namespace", "v1", "namespaces", namespaced=False),
        Kind("PersistentVolume", "v1", "persistentvolumes", namespaced=False),
        Kind("StorageClass", "storage.k8s.io/v1", "storageclasses", namespaced=False),
        Kind("IngressClass", "networking.k8s.io/v1", "ingressclasses", namespaced=False),
        Kind("PriorityClass", "scheduling.k8s.io/v1", "priorityclasses", namespaced=False),
        Kind("ClusterRole", "rbac.authorization.k8s.io/v1", "clusterroles", namespaced=False),
        Kind("ClusterRoleBinding", "rbac.authorization.k8s.io/v1", "clusterrolebindings", namespaced=False),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class ListOf:
    """Need of all objects of a kind: in the lab's namespace or, `everywhere`, in all of them (this only enriches).

    `own` is for the kind Namespace: the lab's own and no other.
    """

    kind: str
    everywhere: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, order=True)
class HttpGet:
    """Need of an HTTP answer through the API server's Service proxy."""

    service: str
    port: str
    path: str


@dataclass(frozen=True, slots=True, order=True)
class Review:
    """Need of the API's own word on what somebody may do in the lab's namespace (a SubjectAccessReview).

    User and groups may hold HERE, since a lab does not know the name of its namespace.
    """

    user: str
    groups: tuple[str, ...]
    verb: str
    group: str
    resource: str
    subresource: str = ""
    name: str = ""

    def within(self, namespace: str) -> "Review":
        """The same for a namespace that is known."""
        groups = tuple(group.replace(HERE, namespace) for group in self.groups)
        return replace(self, user=self.user.replace(HERE, namespace), groups=groups)


@dataclass(frozen=True, slots=True, order=True)
class LogsOf:
    """Need of the last lines that a container of each current Pod of an object wrote; the only one if unnamed."""

    kind: str
    name: str
    container: str = ""


Need = ListOf | HttpGet | Review | LogsOf


@dataclass(frozen=True, slots=True)
class Allowed:
    """The API's answer to a Review; `reason` names what allows it."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """What answered: the body is cut at a few kilobytes, header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def refused(self) -> bool:
        """Whether the API server found a ready Pod, and nothing in it listened on the port."""
        return self.status in (502, 503) and "connection refused" in self.body


NOT_ASKED = Unreadable("C1", "This was not read from the cluster.", "", "")


class NotReadable(Exception):
    """A check or rule touched a part of the evidence that could not be read."""

    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable.says)
        self.unreadable = unreadable


@dataclass(frozen=True, slots=True)
class Evidence:
    """One round of reading: `at` is the cluster's time, `lists` by kind, `http` by what was asked.

    `answers` are what the learner has typed, by the key of the question.
    """

    context: str
    cluster_uid: str
    version: str
    namespace: str
    at: datetime
    lists: Mapping[str, tuple[Object, ...] | Unreadable] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[Object, ...]] = field(default_factory=dict)
    http: Mapping[HttpGet, HttpReply | Unreadable] = field(default_factory=dict)
    reviews: Mapping[Review, Allowed | Unreadable] = field(default_factory=dict)
    logs: Mapping[LogsOf, Mapping[str, str] | Unreadable] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def objects(self, kind: str) -> tuple[Object, ...]:
        """All objects of a kind in the lab's namespace; NotReadable when they could not be, or were not, listed."""
        found = self.lists.get(kind, NOT_ASKED)
        if isinstance(found, Unreadable):
            raise NotReadable(found)
        return found

    def readable(self, kind: str) -> tuple[Object, ...]:
        """The same for what only enriches: nothing when it could not be listed."""
        found = self.lists.get(kind, ())
        return () if isinstance(found, Unreadable) else found

    def find(self, kind: str, name: str) -> Object | None:
        """The object of that name, or None when there is none."""
        return next((item for item in self.objects(kind) if item["metadata"]["name"] == name), None)

    def reply(self, need: HttpGet) -> HttpReply | None:
        """What answered; None when it was not asked for. NotReadable when the API server did not say."""
        found = self.http.get(need)
        if isinstance(found, Unreadable):
            raise NotReadable(found)
        return found

    def review(self, need: Review) -> Allowed:
        """What the API says; NotReadable when it did not say."""
        found = self.reviews.get(need)
        if found is None or isinstance(found, Unreadable):
            raise NotReadable(found or NOT_ASKED)
        return found

    def written(self, need: LogsOf) -> Mapping[str, str]:
        """The last lines by Pod; NotReadable when they could not be read."""
        found = self.logs.get(need)
        if found is None or isinstance(found, Unreadable):
            raise NotReadable(found or NOT_ASKED)
        return found

    def owned(self, kind: str, owner: Object) -> Iterator[Object]:
        """The objects whose controller is `owner`, by uid."""
        uid = owner["metadata"]["uid"]
        for item in self.objects(kind):
            if any(
                ref.get("uid") == uid and ref.get("controller") for ref in item["metadata"].get("ownerReferences", ())
            ):
                yield item


def moment(text: str | None) -> datetime | None:
    """A time as the API writes it; None for none."""
    if not text:
        return None
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def condition(item: Object, kind: str) -> Mapping[str, Any]:
    """The condition of that type, or an empty mapping."""
    for entry in item.get("status", {}).get("conditions") or ():
        if entry.get("type") == kind:
            found: Mapping[str, Any] = entry
            return found
    return {}


def title(item: Object) -> str:
    """How a message names an object: Pod/web-1."""
    return f"{item.get('kind', '?')}/{item['metadata']['name']}"


def selects(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    """Whether a plain selector picks these labels; an empty selector picks nothing."""
    return bool(selector) and all(labels.get(key) == value for key, value in selector.items())
