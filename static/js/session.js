// Who is signed in, asked and put right without leaving the page one writes on.
const session = (() => {
  let asking = null;

  // The session as it is now: { owner, token }, or null where nobody is signed in.
  async function now(told) {
    const answer = await fetch(told.session, { headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : null;
  }

  // Whether the writer of this page is signed in again; every form of the page then goes by the new token.
  function continues(told, found) {
    if (found?.owner !== told.owner) return false;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = found.token;
    return true;
  }

  async function restored(told) {
    return continues(told, await now(told));
  }

  // Ask to sign in, in a dialog on the page; answers whether the writer is back.
  function signIn(told) {
    asking ??= ask(told).finally(() => (asking = null));
    return asking;
  }

  function ask(told) {
    const dialog = document.getElementById("sign-in-here").content.firstElementChild.cloneNode(true);
    const place = dialog.querySelector(".signin__form");
    const stranger = dialog.querySelector("p[data-other]");
    let back = false;
    document.body.append(dialog);
    dialog.showModal();

    function found(session) {
      back = continues(told, session);
      stranger.hidden = back || session === null;
      if (back) dialog.close();
    }

    async function look() {
      if (document.visibilityState === "visible") found(await now(told).catch(() => null));
    }

    // Whatever the sign-in answers: the next form (a code, a correction), or that one is in.
    async function follow(request) {
      let answer;
      try {
        answer = await request;
      } catch {
        place.textContent = told.offline;
        return;
      }
      if (new URL(answer.url).pathname === told.session) return found(answer.ok ? await answer.json() : null);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page.querySelector("main form.formflow");
      place.replaceChildren(...(form ? [document.importNode(form, true)] : []));
      const shown = place.querySelector("form");
      shown?.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const action = new URL(shown.getAttribute("action") || answer.url, answer.url);
        follow(fetch(action, { method: "POST", body: new FormData(shown, event.submitter) }));
      });
      (shown?.querySelector("[autofocus], .invalid input") ?? shown?.querySelector("input:not([type=hidden])"))?.focus();
    }

    follow(fetch(told.signIn));
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        document.removeEventListener("visibilitychange", look);
        window.removeEventListener("focus", look);
        dialog.remove();
        resolve(back);
      });
    });
  }

  return { restored, signIn };
})();
