"""Healthy worlds for situations: the objects that a cluster holds when all is well, in the shape the API gives them."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PLACE = "lab-situations"
Thing = dict[str, Any]
APIS = {"ReplicaSet": "apps/v1", "Deployment": "apps/v1", "StatefulSet": "apps/v1", "Job": "batch/v1"}


def past(seconds: float) -> str:
    """A time of the cluster so many seconds ago."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def made(kind: str, name: str, owner: Thing | None = None, **rest: Any) -> Thing:
    """An object of ten minutes' age; `rest` is spec, status and whatever else it holds."""
    metadata: Thing = {"name": name, "namespace": PLACE, "uid": f"uid-{kind}-{name}", "creationTimestamp": past(600)}
    metadata |= rest.pop("metadata", {})
    if owner:
        above = {"kind": owner["kind"], "name": owner["metadata"]["name"], "uid": owner["metadata"]["uid"]}
        metadata["ownerReferences"] = [{**above, "controller": True}]
    return {"kind": kind, "apiVersion": APIS.get(kind, "v1"), "metadata": metadata, "spec": {}, **rest}


def container(name: str = "app") -> Thing:
    return {"name": name, "image": "nginx:1.27", "ports": [{"containerPort": 80}]}


def pod(name: str, owner: Thing | None = None, labels: Thing | None = None) -> Thing:
    """A Pod with one container that has been ready for nine minutes."""
    good = {"status": "True", "lastTransitionTime": past(540)}
    kinds = ("PodScheduled", "Initialized", "ContainersReady", "Ready")
    status = {
        "phase": "Running",
        "startTime": past(600),
        "conditions": [{"type": kind, **good} for kind in kinds],
        "containerStatuses": [
            {
                "name": "app",
                "image": "nginx:1.27",
                "ready": True,
                "started": True,
                "restartCount": 0,
                "state": {"running": {"startedAt": past(540)}},
                "lastState": {},
            }
        ],
    }
    spec = {"containers": [container()], "nodeName": "minikube", "restartPolicy": "Always"}
    spec["schedulerName"] = "default-scheduler"
    return made("Pod", name, owner, metadata={"labels": dict(labels or {"app": "web"})}, spec=spec, status=status)


def template(labels: Thing | None = None) -> Thing:
    spec = {"containers": [container()], "restartPolicy": "Always"}
    return {"metadata": {"labels": dict(labels or {"app": "web"})}, "spec": spec}


def counts(number: int, *names: str) -> Thing:
    return {"observedGeneration": 1, **dict.fromkeys(names, number)}


def nothing() -> list[Thing]:
    """What every cluster has: a node, the lab's namespace, a class of storage."""
    ready = [{"type": "Ready", "status": "True"}, {"type": "MemoryPressure", "status": "False"}]
    node = made("Node", "minikube", status={"conditions": ready})
    space = made("Namespace", PLACE, status={"phase": "Active"})
    default = {"annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}
    kind = made("StorageClass", "standard", metadata=default, provisioner="k8s.io/minikube-hostpath")
    return [node, space, {**kind, "volumeBindingMode": "Immediate"}]


def web(number: int = 1) -> list[Thing]:
    """A Deployment, its ReplicaSet and Pods, all ready."""
    names = ("replicas", "updatedReplicas", "readyReplicas", "availableReplicas")
    deployment = made(
        "Deployment",
        "web",
        metadata={"generation": 1, "annotations": {"deployment.kubernetes.io/revision": "1"}},
        spec={"replicas": number, "selector": {"matchLabels": {"app": "web"}}, "template": template()},
        status=counts(number, *names)
        | {
            "conditions": [
                {"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable"},
                {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"},
            ]
        },
    )
    rs = made(
        "ReplicaSet",
        "web-1",
        deployment,
        metadata={"generation": 1, "annotations": {"deployment.kubernetes.io/revision": "1"}},
        spec={"replicas": number, "selector": {"matchLabels": {"app": "web"}}, "template": template()},
        status=counts(number, "replicas", "readyReplicas", "availableReplicas"),
    )
    return [*nothing(), deployment, rs, *(pod(f"web-1-{letter}", rs) for letter in "abcdefgh"[:number])]


def web3() -> list[Thing]:
    return web(3)


def service() -> list[Thing]:
    """The same with a Service in front of it."""
    labels = {"kubernetes.io/service-name": "web"}
    points = made("EndpointSlice", "web-x", metadata={"labels": labels})
    points["endpoints"] = [{"addresses": ["10.0.0.5"], "conditions": {"ready": True}}]
    points["ports"] = [{"port": 80, "protocol": "TCP"}]
    spec = {"type": "ClusterIP", "selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 80}]}
    front = made("Service", "web", spec=spec, status={"loadBalancer": {}})
    return [*web(), front, points]


def single() -> list[Thing]:
    """A Pod that nobody owns."""
    return [*nothing(), pod("web")]


def stateful() -> list[Thing]:
    """A StatefulSet of two Pods with its headless Service."""
    spec = {
        "replicas": 2,
        "serviceName": "db",
        "podManagementPolicy": "OrderedReady",
        "updateStrategy": {"type": "RollingUpdate"},
        "selector": {"matchLabels": {"app": "db"}},
        "template": template({"app": "db"}),
    }
    status = counts(2, "replicas", "readyReplicas", "availableReplicas", "currentReplicas", "updatedReplicas")
    status |= {"currentRevision": "db-1", "updateRevision": "db-1"}
    owner = made("StatefulSet", "db", metadata={"generation": 1}, spec=spec, status=status)
    front = made("Service", "db", spec={"clusterIP": "None", "selector": {"app": "db"}, "ports": [{"port": 80}]})
    return [*nothing(), owner, front, *(pod(f"db-{place}", owner, {"app": "db"}) for place in range(2))]


def daemon() -> list[Thing]:
    """A DaemonSet with its Pod on the one node."""
    spec = {"selector": {"matchLabels": {"app": "agent"}}, "template": template({"app": "agent"})}
    names = ("desiredNumberScheduled", "currentNumberScheduled", "numberReady", "numberAvailable")
    owner = made("DaemonSet", "agent", metadata={"generation": 1}, spec=spec, status=counts(1, *names))
    return [*nothing(), owner, pod("agent-x", owner, {"app": "agent"})]


def job() -> list[Thing]:
    """A Job that was done, with its Pod."""
    inner = {"metadata": {}, "spec": {"containers": [container()], "restartPolicy": "Never"}}
    done = [{"type": "Complete", "status": "True"}]
    spec = {"completions": 1, "parallelism": 1, "backoffLimit": 2, "template": inner}
    owner = made("Job", "task", spec=spec, status={"succeeded": 1, "conditions": done})
    one = pod("task-x", owner, {"job-name": "task"})
    one["spec"]["restartPolicy"] = "Never"
    one["status"] |= {"phase": "Succeeded", "conditions": []}
    ended = {"exitCode": 0, "reason": "Completed", "startedAt": past(500), "finishedAt": past(490)}
    one["status"]["containerStatuses"][0] |= {"ready": False, "state": {"terminated": ended}}
    return [*nothing(), owner, one]


def cron() -> list[Thing]:
    """A CronJob whose Job was done."""
    spec = {"schedule": "*/5 * * * *", "suspend": False, "jobTemplate": {"spec": {"template": template()}}}
    owner = made("CronJob", "report", spec=spec, status={"lastScheduleTime": past(120)})
    done = job()
    run = next(item for item in done if item["kind"] == "Job")
    above = {"kind": "CronJob", "name": "report", "uid": owner["metadata"]["uid"], "controller": True}
    run["metadata"]["ownerReferences"] = [above]
    return [*done, owner]


def claim() -> list[Thing]:
    """A claim with its volume."""
    spec: Thing = {"storageClassName": "standard", "accessModes": ["ReadWriteOnce"], "volumeName": "pv-1"}
    spec["resources"] = {"requests": {"storage": "1Gi"}}
    asks = made("PersistentVolumeClaim", "data", spec=spec, status={"phase": "Bound"})
    of = {"namespace": PLACE, "name": "data", "uid": asks["metadata"]["uid"]}
    held = {"storageClassName": "standard", "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}}
    volume = made("PersistentVolume", "pv-1", spec={**held, "claimRef": of}, status={"phase": "Bound"})
    return [*nothing(), asks, volume]


def ingress() -> list[Thing]:
    """An Ingress in front of the Service, with a class that is served."""
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    rule = {"host": "web.example", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}
    one = made("Ingress", "web", spec={"ingressClassName": "nginx", "rules": [rule]})
    one["status"] = {"loadBalancer": {"ingress": [{"ip": "10.0.0.9"}]}}
    return [*service(), one, made("IngressClass", "nginx", spec={"controller": "example.com/ingress"})]


def scaler() -> list[Thing]:
    """An autoscaler that works."""
    good = [{"type": kind, "status": "True"} for kind in ("AbleToScale", "ScalingActive")]
    spec: Thing = {"minReplicas": 1, "maxReplicas": 5}
    spec["scaleTargetRef"] = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    one = made("HorizontalPodAutoscaler", "web", spec=spec, status={"currentReplicas": 1, "conditions": good})
    return [*web(), one]


def settings() -> list[Thing]:
    """A ConfigMap and a Secret."""
    config, secret = made("ConfigMap", "settings"), made("Secret", "login")
    return [*nothing(), config | {"data": {"COLOR": "green"}}, secret | {"data": {"PASSWORD": "aHVudGVyMg=="}}]


def fence() -> list[Thing]:
    """A NetworkPolicy for the Pods of the Deployment."""
    spec = {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Ingress"], "ingress": [{}]}
    return [*web(), made("NetworkPolicy", "fence", spec=spec)]


def rights() -> list[Thing]:
    """A ServiceAccount that may list Pods."""
    rule: Thing = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}
    role = made("Role", "reader") | {"rules": [rule]}
    binding = made("RoleBinding", "reader")
    binding["subjects"] = [{"kind": "ServiceAccount", "name": "app", "namespace": PLACE}]
    binding["roleRef"] = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"}
    return [*nothing(), made("ServiceAccount", "app"), role, binding]


def budget() -> list[Thing]:
    """A PodDisruptionBudget that lets one Pod of three go."""
    status = {"disruptionsAllowed": 1, "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3}
    spec = {"minAvailable": 2, "selector": {"matchLabels": {"app": "web"}}}
    status["observedGeneration"] = 1
    return [*web(3), made("PodDisruptionBudget", "web", metadata={"generation": 1}, spec=spec, status=status)]


WORLDS = {
    world.__name__: world
    for world in (
        nothing,
        web,
        web3,
        service,
        single,
        stateful,
        daemon,
        job,
        cron,
        claim,
        ingress,
        scaler,
        settings,
        fence,
        rights,
        budget,
    )
}


def world(name: str) -> dict[str, Thing]:
    """The objects of a world by Kind/name, free to be changed."""
    return {f"{item['kind']}/{item['metadata']['name']}": copy.deepcopy(item) for item in WORLDS[name]()}
