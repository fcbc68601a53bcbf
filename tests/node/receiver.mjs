// Integration tests run the real server binary and let it deliver over real SMTP. This program is
// the other end of that connection: a plain SMTP server on the loopback interface that reports
// every message it takes, so that a test can assert on what actually went over the wire.
//
// stdout: first {"port":N}, then one JSON object per accepted message. It ends when stdin closes,
// so it never outlives the test that started it.
//   node receiver.mjs [--refuse N]    answer 451 to the first N messages, as greylisting does
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { refuse: { type: "string", default: "0" } } });
let refusals = Number(values.refuse);
if (!Number.isInteger(refusals) || refusals < 0) throw new Error("--refuse takes a whole number");

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Group syntax and several To headers are flattened to one list of mailboxes. */
const mailboxes = (header) =>
  [header ?? []]
    .flat()
    .flatMap((part) => part.value)
    .flatMap((entry) => entry.group ?? [entry])
    .map(({ name, address }) => ({ name, address }));

/** Undecoded header values by lower-case name; the values of a repeated header are joined by newlines. */
function rawHeaders(lines) {
  const headers = {};
  for (const { key, line } of lines) {
    const value = line.slice(line.indexOf(":") + 1).trim();
    headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  }
  return headers;
}

async function receive(stream, session) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (refusals > 0) {
    refusals -= 1;
    throw Object.assign(new Error("4.7.1 Greylisted, try again later"), { responseCode: 451 });
  }
  const raw = Buffer.concat(chunks);
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
  print({
    from: session.envelope.mailFrom ? session.envelope.mailFrom.address : "",
    recipients: session.envelope.rcptTo.map(({ address }) => address),
    messageId: mail.messageId ?? null,
    to: mailboxes(mail.to),
    subject: mail.subject ?? null,
    text: mail.text ?? null,
    html: mail.html || null,
    headers: rawHeaders(mail.headerLines),
    raw: raw.toString("utf8"),
  });
}

const server = new SMTPServer({
  name: "receiver.test",
  disableReverseLookup: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  onData: (stream, session, done) => receive(stream, session).then(() => done(), done),
});
server.on("error", (error) => console.error(error.message)); // a broken client must not end the run
server.listen(0, "127.0.0.1", () => print({ port: server.server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
