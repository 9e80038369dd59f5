// Tells where this browser is, so that a study day begins in the small hours there. Sent only when it has changed.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const { zone: known, zoneToken } = document.body.dataset;

if (zone && zone !== known) {
  fetch("/time-zone", { method: "POST", body: new URLSearchParams({ zone, csrf_token: zoneToken }) }).catch(() => {});
}
