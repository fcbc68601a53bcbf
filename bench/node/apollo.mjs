// Apollo Server, with its own HTTP server.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { context, resolvers, typeDefs } from "./schema.mjs";

const server = new ApolloServer({ typeDefs, resolvers, introspection: false });
await startStandaloneServer(server, {
  context: async () => context(),
  listen: { host: "127.0.0.1", port: Number(process.env.PORT), path: "/graphql" },
});
console.log("ready");
