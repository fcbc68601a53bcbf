/** Texts of the logo. */
export const words = {
  title: "Logo",
  of: (company: string) => `The logo of ${company}`,
  none: "No logo yet",
  choose: "Choose a picture",
  other: "Choose another picture",
  remove: "Remove logo",
  help: "PNG, JPEG or WebP of at most 1 MB.",
  changed: "The logo is changed.",
  removed: "The logo is removed.",
  tooLarge: "This picture is larger than 1 MB. Choose a smaller one.",
};
