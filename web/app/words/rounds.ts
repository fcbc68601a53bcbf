/** What is said of rounds of review. */
export const words = {
  edit: { submit: "Edit", title: (name: string) => `Edit ${name}`, live: (vendor: string) => `What is live stays as it is until ${vendor} has looked at your changes.` },
  withdraw: {
    submit: "Withdraw", title: (name: string) => `Withdraw ${name}?`,
    lead: (vendor: string) => `It no longer waits for ${vendor}. Nothing of what you wrote is lost while it is a draft; a change of one that is live is dropped.`,
    done: (name: string) => `${name} is withdrawn.`,
  },
  requestChanges: {
    submit: "Ask for changes", title: (name: string) => `Ask for changes to ${name}`, lead: "The partner is told by e-mail in these words, and can submit it again.",
    reason: "What is to be changed", field: "Beside which field", comment: "A comment there", more: "Another comment", row: (number: number) => `Comment ${number}`, done: (name: string) => `${name} is sent back.`,
  },
  unpublish: {
    submit: "Unpublish", title: (name: string) => `Take ${name} offline?`, lead: "It takes no new tenants and is a draft again. The partner is told by e-mail.",
    reason: "Your reason, which the partner is told", done: (name: string) => `${name} is offline.`,
  },
  archive: { submit: "Archive", title: (name: string) => `Archive ${name}?`, lead: "It is put away for good.", done: (name: string) => `${name} is archived.` },
  remove: { submit: "Delete draft", title: (name: string) => `Delete ${name}?`, lead: "Nobody has seen it yet. It is gone for good.", done: (name: string) => `${name} is deleted.` },
  comments: {
    title: "Comments", add: "Add comment", text: "Comment", field: "Beside which field", whole: "The whole", resolve: "Done", resolved: "Done",
    none: "Nothing has been said yet.", added: "Your comment is added.",
    beside: (field: string) => `Comment: ${field}`,
    above: (count: number) => (count === 1 ? "One comment stands beside its field." : `${count} comments stand beside their fields.`),
  },
  fields: {
    name: "Name", description: "What it does", categories: "Categories", tags: "Tags", landingUrl: "Where it is described", externalKey: "Key in the listing", repository: "Repository",
  },
  wordsHelp: {
    categories: "What it is about, with commas between; at most 5.", tags: "Words by which it is found, with commas between; at most 20.",
  },
  revision: {
    title: "Changes that wait", owner: (vendor: string) => `${vendor} looks at your changes. Until then everybody sees what was approved.`,
    vendor: "The partner wants to change what is live. Publish takes it over.", back: "Sent back: change it once more, or withdraw it.",
    submitted: "Handed in",
  },
  again: {
    title: "Handed in again", asked: "What was asked for", submitted: "By whom", by: (name: string, when: string) => `${name}, ${when}`,
    was: "before", nothing: "Nothing but what the answers below may say.", changed: "Changed since", empty: "nothing",
  },
  asked: "Changes were asked for",
  toMend: "Show me where",
};
