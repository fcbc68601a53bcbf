// The stories in a browser, in this order: each goes on where those before it left the hub.
//   node --test --test-name-pattern="first admin|many partners" tests/browser/stories.test.mjs    walks some of them
import assert from "node:assert/strict";
import { test } from "node:test";

import { ada, admin, bo, found } from "./world.mjs";

import "./stories/door.mjs";
import "./stories/first-run.mjs";
import "./stories/partners.mjs";
import "./stories/onboarding.mjs";
import "./stories/integrations.mjs";
import "./stories/invitations.mjs";
import "./stories/settings.mjs";
import "./stories/bulk.mjs";
import "./stories/approval.mjs";
import "./stories/roles.mjs";
import "./stories/drafts.mjs";
import "./stories/forms.mjs";
import "./stories/live.mjs";
import "./stories/broken.mjs";
import "./stories/safety.mjs";
import "./stories/lifecycle.mjs";
import "./stories/rounds.mjs";
import "./stories/lists.mjs";
import "./stories/labels.mjs";
import "./stories/terms.mjs";
import "./stories/letters.mjs";
import "./stories/colleagues.mjs";
import "./stories/about.mjs";
import "./stories/asked.mjs";
import "./stories/followers.mjs";
import "./stories/company.mjs";
import "./stories/playground.mjs";
import "./stories/keyboard.mjs";
import "./stories/weight.mjs";
import "./stories/account.mjs";
import "./stories/address.mjs";
import "./stories/ran-out.mjs";
import "./stories/factor.mjs";

test("nothing is wrong on any screen", () => {
  assert.deepEqual(found, []);
  for (const { wrong } of [admin, ada, bo]) assert.deepEqual(wrong, []);
});
