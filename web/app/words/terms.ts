/** What is said of terms that are agreed to anew, and of those that were agreed to. */
export const words = {
  title: "Please agree again",
  lead: (count: number) => (count === 1 ? "A text that your company has agreed to has changed." : "Texts that your company has agreed to have changed."),
  blocked: "Nothing is closed to you until then.",
  submit: "Agree",
  tick: "Tick what you agree to.",
  done: "You have agreed for your company.",
  askAdmin: "An admin of your company can agree to them.",
  agreed: "Agreed to",
  columns: { text: "Text", version: "Version", who: "By", when: "When", where: "From" },
};
