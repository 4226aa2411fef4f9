// What a page in Relay asks. The compiler reads this file; the test runs what it makes of it.
import { graphql } from 'relay-runtime';

graphql`
  query pageQuery {
    account {
      id
      email
      ...page_activity @arguments(first: 1)
    }
  }
`;

graphql`
  mutation pageSignInMutation($input: SignInInput!) {
    signIn(input: $input) {
      session {
        token
      }
    }
  }
`;

graphql`
  fragment page_activity on Account
  @refetchable(queryName: "pageActivityQuery")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    activity(first: $first, after: $after) @connection(key: "page_activity") {
      edges {
        node {
          operation
        }
      }
    }
  }
`;
