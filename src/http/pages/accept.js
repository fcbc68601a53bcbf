// Opens an invitation. The token stands in the fragment: it is taken out of the address at once, and sent only in
// the body of requests. Looking does not use it up; setting the password does.
const at = (id) => document.getElementById(id);
const token = new URLSearchParams(location.hash.slice(1)).get("t") ?? sessionToken();
if (location.hash) history.replaceState(null, "", location.pathname);

/** A reload finds the token again for as long as the tab is open. */
function sessionToken() {
  return history.state?.token ?? "";
}
if (token) history.replaceState({ token }, "", location.pathname);

async function ask(query, variables) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "x-partner-csrf": "1" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors?.length) throw new Error(errors[0].message);
  return data;
}

async function look() {
  const { invitationPreview: invitation } = await ask(
    "query Preview($token: Secret!) { invitationPreview(token: $token) { name maskedEmail organizationName } }",
    { token },
  );
  if (!invitation) {
    at("status").textContent =
      "This link does not work, or no longer. If you have set a password already, log in; otherwise ask for a new invitation.";
    return;
  }
  at("title").textContent = `Welcome, ${invitation.name}`;
  at("status").textContent = `You have been invited to ${invitation.organizationName}.`;
  at("email").textContent = invitation.maskedEmail;
  at("form").hidden = false;
  at("password").focus();
}

at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = at("form").querySelector("button");
  button.disabled = true;
  at("error").textContent = "";
  try {
    const { acceptInvitation: done } = await ask(
      `mutation Accept($token: Secret!, $password: Secret!) {
         acceptInvitation(input: { token: $token, password: $password, setCookie: true }) {
           viewer { onboardingStep } userErrors { message } } }`,
      { token, password: at("password").value },
    );
    if (!done.viewer) throw new Error(done.userErrors.map((error) => error.message).join(" "));
    history.replaceState(null, "", location.pathname);
    at("form").hidden = true;
    at("title").textContent = "Your password is set";
    at("status").textContent = "You are signed in. ";
    const link = document.createElement("a");
    link.href = "/playground/";
    link.textContent =
      done.viewer.onboardingStep === "PARTNER_FORM" ? "Go on to the Partner Form in the playground" : "Go on to the playground";
    at("status").append(link);
  } catch (error) {
    at("error").textContent = error.message;
    button.disabled = false;
    at("password").focus();
  }
});

look().catch((error) => {
  at("status").textContent = error.message;
});
