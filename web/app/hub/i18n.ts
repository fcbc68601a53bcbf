import english from "ra-language-english";
import polyglot from "ra-i18n-polyglot";

import { words } from "../words/hub";

/** What react-admin's own parts say. */
export const i18n = polyglot(() => ({ ...english, ra: { ...english.ra, auth: { ...english.ra.auth, logout: words.menu.logOut } } }), "en");
