const LOGIN = `mutation SignIn(
  $email: EmailAddress!
  $password: Secret!
) {
  login(input: {
    email: $email
    password: $password
    setCookie: true
  }) {
    viewer { user { email } }
    userErrors { message }
  }
}`;

const LOGIN_VARIABLES = `{
  "email": "",
  "password": ""
}`;

const commented = (text: string) => text.replace(/^/gm, "#   ");

const WELCOME = `# Welcome to the Partner Hub playground.
# Ctrl-Enter (on a Mac Cmd-Enter) runs an operation.
#
# To sign in, fill in the variables below the editor
# of the "SignIn" tab and run it. It holds this:
#
${commented(LOGIN)}
#
# Passwords belong in the variables, never in the
# text of an operation: this browser keeps the text
# but not the variables. The answer sets the session
# cookie, so that this page acts as you from then on.
#
# If the schema documentation was refused before
# (in production it is for signed-in users), press "Re-fetch GraphQL schema" (bottom left) now.

query Welcome {
  viewer {
    user { name email }
    role
    onboardingStep
  }
  partners(first: 5) {
    totalCount
    nodes { id name status }
  }
}
`;

/** What a browser shows that has never opened the playground before. */
export const tabs = [
  { query: WELCOME },
  { query: `${LOGIN}\n`, variables: LOGIN_VARIABLES },
];
