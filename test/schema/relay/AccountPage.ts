// What a page in Relay asks: a query with a page of activity that goes on, a
// fragment, and a mutation. The compiler reads this file; nobody runs it.
import { graphql } from 'relay-runtime';

export const page = graphql`
  query AccountPageQuery($first: Int!, $after: String) {
    account {
      id
      email
      attributes
      can {
        changePassword {
          allowed
          reason
          retryAfter
          stepUpNeeded
        }
      }
      ...AccountPage_sessions
      ...AccountPage_activity @arguments(first: $first, after: $after)
    }
  }
`;

export const sessions = graphql`
  fragment AccountPage_sessions on Account {
    sessions {
      id
      current
      userAgent
      lastUsedAt
    }
  }
`;

export const activity = graphql`
  fragment AccountPage_activity on Account
  @refetchable(queryName: "AccountPageActivityQuery")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    activity(first: $first, after: $after) @connection(key: "AccountPage_activity") {
      edges {
        node {
          at
          description
          outcome
        }
      }
    }
  }
`;

export const update = graphql`
  mutation AccountPageUpdateMutation($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      account {
        id
        firstName
        birthDate
        version
      }
    }
  }
`;
