/** Where a pending partner stands: whose turn it is. */
export const words = {
  chip: { answered: "To decide", asked: "Changes asked for", invited: "Invited" },
  answered: {
    title: (name: string) => `${name} has answered and waits for a decision`,
    lead: (when: string, admin: boolean) => `The Partner Form was submitted ${when}. ${admin ? "Look at the answers below, then decide." : "An admin of yours decides."}`,
  },
  asked: { title: (name: string) => `${name} was asked for changes`, lead: "The Partner Form is open again. You are told as soon as it is submitted." },
  invited: { title: (name: string) => `${name} has not answered yet`, lead: "It waits for the invited person to set a password and answer the Partner Form. You are told as soon as it is submitted." },
};
