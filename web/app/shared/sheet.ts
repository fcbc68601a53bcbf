import createCache from "@emotion/cache";

interface Options {
  key: string;
  container: Node;
}

/**
 * Stands in for `@emotion/sheet`: rules go into constructed style sheets, which a strict content security policy lets
 * a script of the page make; `<style>` elements would need a nonce in each answer (ADR 11).
 */
class AdoptedSheet {
  isSpeedy = true;
  tags: { nextElementSibling: null }[] = [];
  before: Element | null = null;
  nonce = undefined;
  key: string;
  container: Node;
  private sheet: CSSStyleSheet | undefined;

  constructor({ key, container }: Options) {
    this.key = key;
    this.container = container;
  }

  hydrate() {}

  insert(rule: string) {
    this.sheet ??= this.adopt();
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A selector that this browser does not know, as `:-moz-…`: the rule is for others.
    }
  }

  /** Global rules come first, so that those of components win. */
  private adopt() {
    const sheet = new CSSStyleSheet();
    const all = document.adoptedStyleSheets;
    document.adoptedStyleSheets = this.key.endsWith("-global") ? [sheet, ...all] : [...all, sheet];
    this.tags = [{ nextElementSibling: null }];
    return sheet;
  }

  flush() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    this.sheet = undefined;
    this.tags = [];
  }
}

/** Emotion's cache, writing to constructed sheets. */
export const styles = createCache({ key: "hub" });
styles.sheet = new AdoptedSheet({ key: "hub", container: document.head }) as unknown as typeof styles.sheet;
