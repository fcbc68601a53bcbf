// The other end of the hub's SMTP: takes every letter, and shows the links in them.
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** Takes letters until it is stopped. */
export async function startReceiver() {
  const letters = [];
  const take = async (stream) => {
    const { to, subject, text, html } = await simpleParser(stream, { skipHtmlToText: true, skipTextToHtml: true });
    letters.unshift({ to: to.value.map(({ address }) => address), subject, text, html });
  };
  const server = new SMTPServer({
    name: "receiver.test",
    disableReverseLookup: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _, done) => void take(stream).then(() => done(), done),
  });
  server.on("error", () => {}); // a hub that is stopped in the middle must not end the run
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    /** The letters to an address, newest first. */
    to: (address) => letters.filter(({ to }) => to.includes(address)),
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}

/** The link in a letter that leads to a page of the door. */
export const linkIn = ({ text }, path) => text.match(new RegExp(`https?://\\S+/${path}#t=[\\w-]+`))?.[0];
