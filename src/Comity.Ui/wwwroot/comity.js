// Nothing here is needed: without it every page works, only less conveniently.

// The server shows local times beside UTC once it knows the browser's zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`zone=${zone};`) && !document.cookie.endsWith(`zone=${zone}`)) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}

function prepare(root) {
  for (const button of root.querySelectorAll("button[data-copy][hidden]")) {
    if (!navigator.clipboard) break;
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = words), 2000);
    });
  }
  root.querySelector("[data-focus]")?.focus();
}

// <section id="desk" data-refresh="30"> is fetched again from the same page every 30 seconds, unless somebody is in it.
function keepFresh(region) {
  setInterval(async () => {
    if (document.hidden || region.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { headers: { "X-Refresh": region.id } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(region.id);
    document.title = page.title;
    if (!next || next.textContent === region.textContent) return;
    region.replaceChildren(...next.childNodes);
    region.classList.add("fresh");
    region.addEventListener("animationend", () => region.classList.remove("fresh"), { once: true });
    prepare(region);
  }, Number(region.dataset.refresh) * 1000);
}

prepare(document);
document.querySelectorAll("[data-refresh][id]").forEach(keepFresh);
