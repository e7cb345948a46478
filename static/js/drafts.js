// What is typed is kept on the server, encrypted, until the form is saved. Every form works without this.
const PAUSE = 3000; // so that with the sending nothing is older than five seconds
const BREATH = 1500;
const TOO_LONG = 60000; // what a browser still sends from a page that is closing
const ICONS = { kept: "cloud", offline: "error", ended: "error", refused: "error" };
const UNREACHED = new Set([502, 503, 504]);
const UNTYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "fieldset"]);

function keepDrafts(form, field) {
  const told = field.dataset;
  const status = statusOf(form);
  const named = new Set(); // controls that have been changed on this page
  let version = Number(told.version);
  let [count, timer, going] = [0, 0, null];
  let [dirty, asked, pressed, leaving] = [false, false, false, false];
  let [said, typedAt] = ["", 0];
  let [other, settled] = [null, null]; // what another page has kept, and what the user has compared with

  function typed() {
    const fields = {};
    for (const control of controlsOf(form)) if (changed(control)) named.add(control.name);
    for (const name of named) fields[name] = valuesOf(form, name);
    return fields;
  }

  function body() {
    const began = form.elements["draft-basis"].value;
    count += 1;
    return JSON.stringify({ place: field.value, writer: told.writer, version, count, basis: began, typed: typed(), settled });
  }

  async function send(text, closing) {
    const token = form.elements.csrfmiddlewaretoken.value;
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
    return fetch(told.keep, { method: "POST", headers, body: text, keepalive: closing && text.length < TOO_LONG });
  }

  // Answers how it went: kept, offline, ended or refused.
  async function attempt(closing) {
    dirty = false;
    const compared = settled;
    const text = body();
    let answer;
    try {
      answer = await send(text, closing);
      // Signed in anew in another tab: the token is another, the writer perhaps the same.
      if (answer.status === 403 && (await session.restored(told))) answer = await send(text, closing);
    } catch {
      return failed("offline");
    }
    if (answer.ok) return kept(await answer.json(), compared);
    return failed(answer.status === 401 ? "ended" : UNREACHED.has(answer.status) ? "offline" : "refused");
  }

  async function save() {
    clearTimeout(timer);
    timer = 0;
    while (going) await going;
    going = attempt(false);
    const how = await going;
    going = null;
    return how;
  }

  function kept(answer, compared) {
    version = answer.version;
    if (settled === compared) settled = null;
    asked = false;
    document.dispatchEvent(new CustomEvent("session:used"));
    field.value = answer.place;
    told.nonce = answer.nonce;
    remember();
    if (answer.other) compare(answer.other);
    if (other) say("kept", told.crossed, told.compare, toPanel);
    else say("kept", answer.said);
    return "kept";
  }

  function failed(how) {
    dirty = true;
    if (how === "ended") say(how, told.ended, told.on, signIn);
    else say(how, told[how]);
    if (how === "offline") later();
    if (how === "ended" && !asked) signIn();
    return how;
  }

  // Asked once by itself, in a pause, so that no letter goes astray; after that when the user wants to.
  async function signIn() {
    asked = true;
    while (performance.now() - typedAt < BREATH) await new Promise((resolve) => setTimeout(resolve, BREATH / 5));
    return (await session.signIn(told)) && (await save()) === "kept";
  }

  function later() {
    timer ||= setTimeout(save, PAUSE);
  }

  // The address says which draft this is, so that a reload, the back button or a crashed browser finds it.
  function remember() {
    const address = new URL(location.href);
    if (told.nonce === "main") address.searchParams.delete("draft");
    else address.searchParams.set("draft", told.nonce);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  // Said aloud only when it changes, so at most once a minute; with what the user can do about it.
  function say(how, sentence, label, act) {
    if (said === sentence) return;
    said = sentence;
    const icon = document.createElement("span");
    icon.className = `icon icon--${ICONS[how]}`;
    icon.ariaHidden = "true";
    status.classList.toggle("saved--fail", how !== "kept");
    const words = document.createElement("span");
    words.textContent = sentence;
    status.replaceChildren(icon, words);
    if (!act) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "linklike", textContent: label });
    button.addEventListener("click", act);
    words.append(" ", button);
  }

  // Both texts side by side; nothing is taken before the user says so.
  function compare(found) {
    other = found;
    document.querySelector(".differences--here")?.remove();
    const names = Object.keys(found.typed).filter((name) => !same(found.typed[name], valuesOf(form, name)));
    for (const name of names) named.add(name);
    if (!names.length) return settle();
    const panel = document.getElementById("draft-differences").content.firstElementChild.cloneNode(true);
    panel.classList.add("differences--here");
    panel.querySelector("[data-said]").textContent = found.said;
    panel.querySelector(".differences__rows").replaceChildren(...names.map((name) => difference(form, name, found.typed[name], typing)));
    panel.querySelector("[data-settle]").addEventListener("click", () => {
      panel.remove();
      settle();
    });
    field.after(panel); // and the focus stays where one writes
  }

  function toPanel() {
    document.querySelector(".differences--here")?.focus();
  }

  function settle() {
    settled = { nonce: other.nonce, version: other.version };
    other = null;
    return save();
  }

  function typing() {
    if (leaving) return;
    typedAt = performance.now();
    dirty = true;
    if (told.nonce !== "main") remember();
    later();
  }

  function closing() {
    if (dirty && !leaving) attempt(true);
  }

  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  for (const control of controlsOf(form)) if (!form.contains(control)) control.addEventListener("input", typing);
  form.addEventListener("focusout", () => dirty && !leaving && save());
  document.addEventListener("session:ended", (event) => {
    if (leaving || !(version || Object.keys(typed()).length)) return;
    event.preventDefault();
    failed("ended");
  });
  window.addEventListener("online", () => dirty && save());
  window.addEventListener("pagehide", closing);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && closing());
  window.addEventListener("beforeunload", (event) => {
    if (!dirty || leaving) return;
    if (status.classList.contains("saved--fail") || JSON.stringify(typed()).length > TOO_LONG) event.preventDefault();
    else closing();
  });

  // Before a form is sent, its text is kept: then neither an ended session nor a lost connection takes it.
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target.id === "discard") leaving = true;
      if (event.target !== form) return;
      if (leaving || !(version || Object.keys(typed()).length)) {
        leaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pressed) return;
      pressed = true;
      const how = await save();
      const sure = how === "kept" || how === "refused" || (how === "ended" && (await signIn()));
      while (going) await going;
      pressed = false;
      if (!sure || other) return toPanel();
      leaving = true;
      form.requestSubmit(event.submitter);
    },
    true,
  );
}

function statusOf(form) {
  const bar = document.querySelector(`.actionbar [form="${form.id}"]`)?.closest(".actionbar");
  return (bar ?? form).querySelector(".saved");
}

function controlsOf(form) {
  return [...form.elements].filter((control) => control.name && !UNTYPED.has(control.type));
}

function changed(control) {
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((each) => each.selected !== each.defaultSelected);
  return control.value !== control.defaultValue;
}

function valuesOf(form, name) {
  const controls = controlsOf(form).filter((control) => control.name === name);
  return controls.flatMap((control) => {
    if (control.type === "radio" || control.type === "checkbox") return control.checked ? [control.value] : [];
    return control.options ? [...control.selectedOptions].map((each) => each.value) : [control.value];
  });
}

function same(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

// One field in two texts, and what can be taken of the other.
function difference(form, name, values, typing) {
  const row = document.getElementById("draft-difference").content.firstElementChild.cloneNode(true);
  const controls = controlsOf(form).filter((control) => control.name === name);
  const written = controls.length === 1 && !controls[0].options && !["radio", "checkbox"].includes(controls[0].type);
  const own = row.querySelector("[data-own]");
  const group = controls[0].closest("fieldset")?.querySelector("legend");
  const label = written ? controls[0].labels[0] : (group ?? controls[0].labels[0]);
  row.querySelector("h3").textContent = label?.textContent.trim() ?? "";
  own.textContent = inWords(controls, valuesOf(form, name));
  row.querySelector("[data-other]").textContent = inWords(controls, values);
  row.querySelector("[data-both]").hidden = !written;

  function take(wanted) {
    for (const control of controls) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = wanted.includes(control.value);
      else if (control.options) for (const each of control.options) each.selected = wanted.includes(each.value);
      else control.value = wanted[0] ?? "";
    }
    own.textContent = inWords(controls, valuesOf(form, name));
    typing();
  }
  row.querySelector("[data-take]").addEventListener("click", () => take(values));
  row.querySelector("[data-both]").addEventListener("click", () => take([[...valuesOf(form, name), ...values].filter(Boolean).join("\n\n")]));
  return row;
}

function inWords(controls, values) {
  const said = values.map((value) => {
    const control = controls.find((each) => each.value === value && each.labels);
    const option = controls[0].options && [...controls[0].options].find((each) => each.value === value);
    const chosen = ["radio", "checkbox"].includes(control?.type) && control.labels[0]?.textContent.trim();
    return option?.textContent || chosen || value;
  });
  return said.join(", ") || "–";
}

for (const field of document.querySelectorAll("main input[name=draft]")) keepDrafts(field.form, field);
