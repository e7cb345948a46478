// What pages do beyond plain HTML. Nothing here is needed for anything to work.

// After a save: the message is read aloud, the reader starts from the heading.
const saved = document.querySelector("#messages .note");
const focused = document.querySelector("[autofocus]");
if (saved && !focused) document.querySelector("main h1[tabindex]")?.focus({ preventScroll: true });

// A date's sum or the user's menu closes with Escape or by a press elsewhere.
const MENUS = "details.me[open], details.bottom__more[open]";
function closeMenus(except) {
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(except)) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest(MENUS);
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// Text that is not saved is not lost by a stray press.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-unsaved]");
  if (form && !form.elements.draft) unsaved.add(form); // where drafts are kept, js/drafts.js asks if it must
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) unsaved.delete(event.target.closest("form"));
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

// A form pressed twice in a hurry is sent once.
const sent = new Set();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 3000);
});

// After a part of the page is exchanged, the focus is where it was, or on the part's heading.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement !== document.body) return;
  const heading = event.target.querySelector("h1, h2, h3");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
});
