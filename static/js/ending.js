// Warns before the session ends, and goes on with one press. The server decides; this only tells in time.
//
// "session:used" on the document says that the server was asked for something; all tabs hear of it.
// "session:ended" on the document comes before the page is left; who keeps unsaved text may prevent it.
{
  const dialog = document.getElementById("session-ending");
  const seconds = (name) => Number(dialog.dataset[name]) * 1000;
  let latest = Date.now() + seconds("atMost");
  const tabs = new BroadcastChannel("session");
  const LATE = 3000; // asking too early would let the minutes begin anew
  let unused = 0;
  let over = false;

  const end = () => Math.min(unused, latest);

  function used(at = Date.now()) {
    if (over) return;
    unused = Math.max(unused, at + seconds("unused"));
    if (dialog.open && end() - Date.now() > seconds("warned")) dialog.close();
  }

  function tell(when) {
    for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== when;
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
    for (const time of dialog.querySelectorAll("time")) time.textContent = clock.format(end());
    if (!dialog.open) dialog.showModal();
  }

  function finish() {
    over = true;
    dialog.classList.add("is-over");
    tell("over");
    const leave = new CustomEvent("session:ended", { cancelable: true });
    if (document.dispatchEvent(leave)) window.location.replace(window.location.pathname + window.location.search);
  }

  let told = 0; // which end has been told of: "I will save my work" is not asked twice
  function look() {
    if (over) return;
    const left = end() - Date.now();
    if (left <= -LATE) return finish();
    if (left <= seconds("warned") && told !== end()) {
      told = end();
      tell(unused < latest ? "unused" : "at-most");
    }
  }

  async function goOn(event) {
    event.preventDefault();
    const form = event.target;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (!answer.ok) return finish();
      document.dispatchEvent(new CustomEvent("session:used"));
      dialog.close();
    } catch {
      // Without a network nothing is known yet: the warning stays, the press can be tried again.
    }
  }

  dialog.querySelector("form[data-when=unused]").addEventListener("submit", goOn);
  dialog.addEventListener("cancel", (event) => over && event.preventDefault());
  document.addEventListener("htmx:afterRequest", () => document.dispatchEvent(new CustomEvent("session:used")));
  document.addEventListener("session:used", () => {
    if (over) {
      // Signed in anew without leaving the page.
      over = false;
      dialog.classList.remove("is-over");
      latest = Date.now() + seconds("atMost");
      dialog.close();
    }
    used();
    tabs.postMessage(Date.now());
  });
  tabs.addEventListener("message", (message) => used(message.data));
  document.addEventListener("visibilitychange", look);

  used();
  tabs.postMessage(Date.now());
  setInterval(look, 1000);
}
