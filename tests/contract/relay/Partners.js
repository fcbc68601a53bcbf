// What a Relay app asks: fragments, a list that grows, one object found again, a change that adds an edge.
import { graphql } from "relay-runtime";

export const partners = graphql`
  query PartnersQuery($count: Int!, $cursor: String) {
    ...Partners_list @arguments(count: $count, cursor: $cursor)
    viewer { user { id name } }
  }
`;

export const list = graphql`
  fragment Partners_list on Query
  @refetchable(queryName: "PartnersPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    partners(first: $count, after: $cursor, orderBy: [{ field: CREATED_AT, direction: DESC }]) @connection(key: "Partners_partners") {
      edges { node { id ...Partners_partner } }
    }
  }
`;

export const partner = graphql`
  fragment Partners_partner on Partner
  @refetchable(queryName: "PartnerRefetchQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
    name
    status
    primaryContact { name email }
    tenants(first: $first, after: $after, filter: { paused: { eq: true } }) @connection(key: "Partner_tenants") { edges { node { id name } } }
  }
`;

export const create = graphql`
  mutation PartnersCreateMutation($input: CreatePartnerInput!, $connections: [ID!]!) {
    createPartner(input: $input) {
      partner @appendNode(connections: $connections, edgeTypeName: "PartnerEdge") { ...Partners_partner }
      userErrors { field message code }
    }
  }
`;

export const remove = graphql`
  mutation PartnersDeleteUserMutation($input: DeleteUserInput!, $connections: [ID!]!) {
    deleteUser(input: $input) {
      deletedUserId @deleteEdge(connections: $connections)
      userErrors { field message code }
    }
  }
`;

export const changed = graphql`
  subscription PartnersChangedSubscription {
    partnerChanged { id ...Partners_partner }
  }
`;
