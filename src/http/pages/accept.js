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
    at("again").hidden = !token;
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

// To the same address, and only if there is such an invitation: nobody learns whether there is.
at("ask").addEventListener("click", async () => {
  at("again").hidden = true;
  try {
    await ask(
      "mutation Again($token: Secret!) { requestNewInvitation(input: { token: $token }) { userErrors { message } } }",
      { token },
    );
    at("status").textContent = "If this link belonged to an invitation that still waits for you, a new one is on its way to you by e-mail.";
  } catch (error) {
    at("status").textContent = error.message;
  }
});

at("decline").addEventListener("click", async () => {
  if (!confirm("Decline the invitation? Whoever invited you is told, and the link stops working.")) return;
  try {
    const { declineInvitation: done } = await ask(
      "mutation Decline($token: Secret!) { declineInvitation(input: { token: $token }) { userErrors { message } } }",
      { token },
    );
    if (done.userErrors.length) throw new Error(done.userErrors.map((error) => error.message).join(" "));
    at("form").hidden = true;
    at("title").textContent = "You have declined";
    at("status").textContent = "Whoever invited you is told. No more letters follow.";
  } catch (error) {
    at("error").textContent = error.message;
  }
});

look().catch((error) => {
  at("status").textContent = error.message;
});
