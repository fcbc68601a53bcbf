// Sets a new password by a link, or asks for one. The token stands in the fragment: it is taken out of the address at
// once, and sent only in the body of the request that uses it.
const at = (id) => document.getElementById(id);
const token = new URLSearchParams(location.hash.slice(1)).get("t") ?? history.state?.token ?? "";
history.replaceState(token ? { token } : null, "", location.pathname);
at(token ? "set" : "ask").hidden = false;

async function mutate(name, input) {
  const type = name[0].toUpperCase() + name.slice(1);
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-partner-csrf": "1" },
    body: JSON.stringify({
      query: `mutation M($input: ${type}Input!) { done: ${name}(input: $input) { userErrors { code message } } }`,
      variables: { input },
    }),
  });
  const { data, errors } = await response.json();
  const wrong = errors ?? data.done.userErrors;
  if (wrong.length) throw new Error(wrong.map((error) => error.message).join(" "));
}

function submit(form, send, done) {
  at(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = at(form).querySelector("button");
    button.disabled = true;
    at("error").textContent = "";
    try {
      await send();
      at(form).hidden = true;
      at("status").textContent = done;
    } catch (error) {
      at("error").textContent = error.message;
      button.disabled = false;
    }
  });
}

submit(
  "set",
  async () => {
    await mutate("resetPassword", { token, password: at("password").value });
    history.replaceState(null, "", location.pathname);
  },
  "Your new password is set. Log in with it.",
);
submit(
  "ask",
  () => mutate("requestPasswordReset", { email: at("email").value }),
  "If there is an account with this address, a letter with a link is on its way. The link works for 30 minutes.",
);
