/** A span of time as people say it. */
function lasting(seconds: number): string {
  const [number, unit] = seconds <= 90 ? [seconds, "second"] : seconds <= 5_400 ? [seconds / 60, "minute"] : [seconds / 3_600, "hour"];
  const whole = Math.ceil(Number(number));
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}

/** Limits in words, as `At most 5 characters.` */
function span(min?: number | null, max?: number | null, one = "") {
  const many = (number: number) => (one ? ` ${one}${number === 1 ? "" : "s"}` : "");
  if (min != null && max != null) return `${min} to ${max}${many(max)}.`;
  if (min != null) return `At least ${min}${many(min)}.`;
  return max != null ? `At most ${max}${many(max)}.` : "";
}

/** What the door says. */
export const words = {
  product: "Partner Hub",
  offline: "The hub cannot be reached. Check the connection and try again.",
  status: (status: number) => `The hub answered with status ${status}. Try again.`,
  oneMoment: "One moment …",
  tryAgain: "Try again",
  email: "E-mail address",
  password: "Password",
  show: "Show password",
  hide: "Hide password",
  wait: (seconds: number) => `Too many attempts. Try again in ${lasting(seconds)}.`,
  logIn: {
    title: "Log in",
    submit: "Log in",
    forgot: "Forgot your password?",
    wrong: "This address and password do not belong together.",
    why: {
      ended: "Your session has ended. Log in to go on.",
      waited: "You were signed out while you waited. If a letter says that you are approved, log in to go on.",
    },
    invited: "Invited, and no password yet? The link in your invitation leads in.",
  },
  forgot: {
    title: "Forgot your password?",
    lead: "Enter the address of your account, and we send you a link with which you set a new password.",
    submit: "Send me a link",
    done: "If there is an account with this address, a letter with a link is on its way. The link works for 30 minutes.",
    back: "Back to the log-in",
  },
  reset: {
    title: "Choose a new password",
    submit: "Set password",
    done: "Your new password is set, and you are logged out everywhere.",
    dead: "This link does not work any more. A link works once, for 30 minutes.",
    another: "Send me another link",
    logIn: "Log in with it",
  },
  address: {
    title: "Your new address",
    lead: "You asked for the address at which you got this link, in place of the one that your account has. From then on you log in with it, and letters go to it.",
    submit: "Use this address",
    done: (now?: string) => (now
      ? `Your account’s address is ${now} now. You are logged out everywhere but here.`
      : "Your account has its new address now. You are logged out everywhere but where you asked for it."),
    logIn: "Log in with it",
    hub: "Open the hub",
    dead: "This link does not work any more. A link works once, for 30 minutes, and only the newest one. Ask for another in your account.",
    account: "To my account",
  },
  accept: {
    title: "Your invitation",
    welcome: (name: string) => `Welcome, ${name}`,
    lead: (vendor: string, company: string) => (company === vendor ? `${vendor} has opened its hub to you.` : `${vendor} invites ${company} to its partner hub.`),
    opens: "Choose a password, and you are in.",
    begins: "Choose a password to begin. What else is asked comes next.",
    terms: "Terms",
    privacy: "Privacy",
    from: "A word from whoever invited you",
    account: (email: string) => `Your account: ${email}`,
    submit: "Set password and go on",
    until: (date: string) => `This link works until ${date}.`,
    decline: "Decline the invitation",
    dead: "This link does not work",
    deadLead: "It may have run out, or a newer one has been sent to you meanwhile.",
    againLead: "We gladly send you a new one, to the address at which you were invited.",
    logInLead: "If you have set a password already, log in.",
    again: "Send me a new link",
    againDone: "If this link belonged to an invitation that still waits for you, a new one is on its way to you by e-mail.",
  },
  decline: {
    title: "Decline the invitation?",
    lead: "Whoever invited you is told, and the link stops working.",
    reason: "Your reason (optional)",
    no: "Keep it",
    yes: "Decline",
    done: "You have declined",
    doneLead: "Whoever invited you is told. No more letters follow.",
  },
  strength: {
    label: "A new password",
    hint: (least: number) => `At least ${least} characters. A few words that do not belong together are good.`,
    either: (one: number, two: number) => `At least ${one} characters${two < one ? `, or ${two} if you have a second factor` : ""}. A few words that do not belong together are good.`,
    more: (count: number) => `${count} more ${count === 1 ? "character" : "characters"}`,
    weak: "Long enough, but easily guessed. Add other words.",
    fair: "Long enough. One more word makes it strong.",
    strong: "Strong.",
  },
  welcome: {
    short: "Welcome",
    title: (company: string) => `Welcome, ${company}`,
    lead: (vendor: string) => `One thing before you come in: ${vendor} would like to know your company.`,
    submit: "Submit",
    changes: "Please look at your answers again",
    outdated: "The questions have changed meanwhile. Your answers are kept; look them over and submit again.",
    waiting: "Your answers have arrived",
    waitingLead: (vendor: string) => `${vendor} looks at them and writes to you as soon as the hub is open for you. You can close this page.`,
    help: "Questions?",
    logOut: "Log out",
    noForm: "There is nothing to fill in. Reload this page in a moment.",
  },
  draft: {
    kept: "Your answers are kept while you write; your colleagues can go on with them.",
    saving: "Keeping your answers …",
    saved: "Your answers are kept. Your colleagues can go on with them.",
    conflict: "A colleague has changed these answers meanwhile.",
    theirs: "Load theirs",
    mine: "Keep mine",
    failed: "Your answers could not be kept yet.",
  },
  form: {
    between: {
      characters: (min?: number | null, max?: number | null) => span(min, max, "character"),
      choices: (min?: number | null, max?: number | null) => span(min, max, "choice"),
      number: (min?: number | null, max?: number | null) => span(min, max),
      day: (earliest?: string | null, latest?: string | null) => (earliest && latest ? `From ${earliest} to ${latest}.` : earliest ? `Not before ${earliest}.` : latest ? `Not after ${latest}.` : ""),
    },
    required: "required",
    none: "No answer",
    agree: "I agree",
    read: "Read the text",
    mend: "Some answers need another look.",
  },
};
