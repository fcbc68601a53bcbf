// The schema as the recommended and the Relay rules want it.
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "schema.graphql" } } },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // A description of one line stands on a line, a longer one in a block: as the program that prints the schema has it.
      "@graphql-eslint/description-style": "off",
      // Values have no identity: what a mutation answers, parts of lists, and parts of an object that are found by it.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        {
          exceptions: {
            suffixes: ["Payload", "Connection", "Edge"],
            types: [
              "Answer", "BulkCreateTenantsRow", "BulkInviteRow", "Delivery", "Hub", "IntegrationRevision", "InvitationPreview", "LetterPreview",
              "LoginChallenge", "NotificationSetting", "OutstandingTerms", "PageInfo", "PasswordRules", "PartnersInMonth", "Question", "Repository", "Session", "UserError",
              "Viewer",
            ],
          },
        },
      ],
      // Lists of values (errors, answers, labels) need no cursors; `nodes` is the shortcut that GitHub's graph has, too.
      "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
