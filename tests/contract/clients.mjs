// Apollo Client, urql and the Relay runtime against the running hub, unchanged.
//   node clients.mjs ENDPOINT TOKEN    prints `clients ok`, or ends with what went wrong
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { Client, cacheExchange, fetchExchange, gql as urqlGql } from "@urql/core";
import { createClient } from "graphql-ws";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import relay from "relay-runtime";
import { filter, firstValueFrom } from "rxjs";
import WebSocket from "ws";

import { compileRelay, workshop } from "./workshop.mjs";

const [endpoint, token] = process.argv.slice(2);
const authorization = `Bearer ${token}`;
const input = (name) => ({ name, primaryContact: { name: "Ada", email: `ada@${name.toLowerCase()}.example` } });

const CREATE = `mutation Create($input: CreatePartnerInput!) {
  createPartner(input: $input) { partner { id name version } userErrors { field message code } } }`;
const PARTNERS = `query Partners($first: Int!, $after: String) {
  partners(first: $first, after: $after, orderBy: [{ field: NAME }]) {
    pageInfo { hasNextPage endCursor } edges { cursor node { id name version } } } }`;

async function apollo() {
  const socket = createClient({ url: endpoint.replace("http", "ws") + "/ws", webSocketImpl: WebSocket, connectionParams: { authorization } });
  const http = new HttpLink({ uri: endpoint, headers: { authorization } });
  const link = ApolloLink.split(({ operationType }) => operationType === "subscription", new GraphQLWsLink(socket), http);
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { partners: relayStylePagination() } } } });
  const client = new ApolloClient({ link, cache });
  const listening = client.subscribe({ query: gql`subscription { partnerChanged { id name version } }` });
  let subscription;
  const renamed = new Promise((heard, failed) => {
    subscription = listening.subscribe({ next: ({ data }) => data.partnerChanged.name === "Alderwood" && heard(), error: failed });
  });
  // Answered after the subscription was heard of, since the socket keeps the order.
  await socket.iterate({ query: "{ viewer { role } }" }).next();

  for (const name of ["Alder", "Birch", "Cedar"]) {
    const { data } = await client.mutate({ mutation: gql(CREATE), variables: { input: input(name) } });
    assert.deepEqual(data.createPartner.userErrors, []);
  }
  const query = client.watchQuery({ query: gql(PARTNERS), variables: { first: 2 } });
  const shown = query.subscribe(() => {});
  // What the screen comes to show.
  const once = (met) => firstValueFrom(query.pipe(filter(({ data, loading }) => !loading && met(data.partners.edges.map(({ node }) => node.name)))));
  const page = await once(() => true);
  assert.deepEqual(page.data.partners.edges.map(({ node }) => node.name), ["Alder", "Birch"]);
  await query.fetchMore({ variables: { after: page.data.partners.pageInfo.endCursor } });
  const all = (await once((names) => names.length > 2)).data.partners;
  assert.deepEqual(all.edges.map(({ node }) => node.name), ["Alder", "Birch", "Cedar"], "pages grow together");

  // A change that answers the object changes what is shown, by its id.
  const { node } = all.edges[0];
  const RENAME = gql`mutation R($input: UpdatePartnerInput!) { updatePartner(input: $input) { partner { id name version } userErrors { code } } }`;
  await client.mutate({ mutation: RENAME, variables: { input: { id: node.id, name: "Alderwood", expectedVersion: node.version } } });
  await once(([first]) => first === "Alderwood");
  const stale = client.mutate({ mutation: RENAME, variables: { input: { id: node.id, name: "Late", expectedVersion: node.version } } });
  await assert.rejects(stale, (error) => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code === "CONFLICT");
  const refused = await client.mutate({ mutation: gql(CREATE), variables: { input: input("") } });
  assert.equal(refused.data.createPartner.userErrors[0].code, "BLANK");
  await renamed;
  shown.unsubscribe();
  subscription.unsubscribe();
  await socket.dispose();
  client.stop();
}

/** Subscriptions over multipart HTTP and documents by their hash, as Apollo's own links send them. */
async function apolloOverHttp() {
  const sent = [];
  const told = async (uri, options) => {
    const body = options.body ? JSON.parse(options.body) : Object.fromEntries(new URL(uri).searchParams);
    const answer = await fetch(uri, options);
    sent.push({ method: options.method, named: Boolean(body.extensions) && !body.query, type: answer.headers.get("content-type") });
    return answer;
  };
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  const http = new HttpLink({ uri: endpoint, headers: { authorization }, fetch: told });
  const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(http);
  const client = new ApolloClient({ link, cache: new InMemoryCache() });

  const query = gql`query ByHash { partners(first: 1, orderBy: [{ field: NAME }]) { nodes { id version } } }`;
  const first = await client.query({ query, fetchPolicy: "network-only" });
  assert.deepEqual(sent.map(({ method, named }) => [method, named]), [["GET", true], ["POST", false]], "unknown at first, and sent once");
  sent.length = 0;
  const second = await client.query({ query, fetchPolicy: "network-only" });
  assert.deepEqual(sent.map(({ method, named }) => [method, named]), [["GET", true]], "known from then on");
  assert.deepEqual(second.data, first.data);

  // Heard of over and over, since only what changes after the server has begun to listen is told.
  const plain = new ApolloClient({ link: http, cache: new InMemoryCache() });
  const changes = plain.subscribe({ query: gql`subscription { partnerChanged { id name version } }` });
  const heard = firstValueFrom(changes.pipe(filter(({ data }) => data.partnerChanged.name.startsWith("Fir"))));
  let over = false;
  const answered = heard.finally(() => (over = true));
  const [{ id }] = first.data.partners.nodes;
  for (let round = 0; !over; round++) {
    const RENAME = gql`mutation Fir($input: UpdatePartnerInput!) { updatePartner(input: $input) { partner { id } userErrors { code } } }`;
    await client.mutate({ mutation: RENAME, variables: { input: { id, name: `Fir ${round}` } } });
  }
  const { data } = await answered;
  assert.equal(data.partnerChanged.id, id);
  assert.ok(sent.some(({ type }) => type?.startsWith("multipart/mixed")), "over HTTP, in parts");
  client.stop();
  plain.stop();
}

async function urql() {
  const client = new Client({ url: endpoint, preferGetMethod: false, exchanges: [cacheExchange, fetchExchange], fetchOptions: { headers: { authorization } } });
  const first = await client.query(urqlGql(PARTNERS), { first: 10 }).toPromise();
  assert.equal(first.error, undefined, String(first.error));
  const count = first.data.partners.edges.length;
  const made = await client.mutation(urqlGql(CREATE), { input: input("Elm") }).toPromise();
  assert.equal(made.data.createPartner.partner.name, "Elm");
  const second = await client.query(urqlGql(PARTNERS), { first: 10 }, { requestPolicy: "network-only" }).toPromise();
  assert.equal(second.data.partners.edges.length, count + 1);
  const wrong = await client.query(urqlGql(PARTNERS), { first: 0 }).toPromise();
  assert.equal(wrong.error.graphQLErrors[0].extensions.code, "BAD_USER_INPUT");
  const get = new Client({ url: endpoint, preferGetMethod: "force", exchanges: [fetchExchange], fetchOptions: { headers: { authorization } } });
  const byGet = await get.query(urqlGql(PARTNERS), { first: 10 }).toPromise();
  assert.equal(byGet.data.partners.edges.length, count + 1, "queries by GET");
}

async function relayRuntime() {
  const { Environment, Network, RecordSource, Store, fetchQuery } = relay;
  const fetchGraph = async (request, variables) =>
    (await fetch(endpoint, { method: "POST", headers: { "content-type": "application/json", authorization }, body: JSON.stringify({ query: request.text, variables }) })).json();
  const environment = new Environment({ network: Network.create(fetchGraph), store: new Store(new RecordSource()) });
  const folder = workshop(undefined, "relay");
  compileRelay(folder);
  const { default: query } = await import(pathToFileURL(`${folder}/PartnersQuery.graphql.js`));
  await new Promise((done, failed) => fetchQuery(environment, query, { count: 2 }).subscribe({ complete: done, error: failed }));
  const partners = Object.values(environment.getStore().getSource().toJSON()).filter((record) => record.__typename === "Partner");
  assert.ok(partners.length >= 2 && partners.every(({ __id, id }) => __id === id), "objects are kept by their ids");
}

await apollo();
await apolloOverHttp();
await urql();
await relayRuntime();
console.log("clients ok");
process.exit(0);
