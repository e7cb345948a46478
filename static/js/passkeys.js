// Lets allauth's own scripts ask the browser for a passkey; without them the button stays hidden.
{
  const form = document.querySelector("form[data-passkey]");
  const button = document.getElementById("passkey-button");
  const credential = form.elements.credential;
  const ids = { credential: credential.id, data: "passkey-data" };
  const start = {
    add: () => {
      const passwordless = form.elements.passwordless?.id;
      window.allauth.webauthn.forms.addForm({ ids: { ...ids, add: button.id, passwordless } });
    },
    authenticate: () => window.allauth.webauthn.forms.authenticateForm({ ids: { ...ids, authenticate: button.id } }),
    login: () => window.allauth.webauthn.forms.loginForm({ ids: { ...ids, login: button.id } }),
  };

  if (window.PublicKeyCredential) {
    start[form.dataset.passkey]();
    button.hidden = false;
  }

  const trouble = form.querySelector("[role=alert]");
  button.addEventListener("click", () => (trouble.hidden = true));
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    trouble.hidden = false;
  });
}
