// The operations offered by default. Each lives in two files under ../operations, so that a
// Go test can validate them against the schema; the number in the name is the order of the tabs.
const files = import.meta.glob('../operations/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const operations = Object.keys(files)
  .filter(path => path.endsWith('.graphql'))
  .sort()
  .map(path => {
    const variables = files[path.replace(/\.graphql$/, '.variables.json')].trim();
    return {
      name: path.match(/\d+-(\w+)\.graphql$/)[1],
      query: files[path],
      // An empty object tells the reader nothing, so the variables of such a tab stay blank.
      variables: variables === '{}' ? '' : variables,
    };
  });

// The list beside the editor shows the same order under headings.
const headings = {
  signIn: 'Start here',
  account: 'Profile',
  changePassword: 'Password',
  requestEmailChange: 'E-mail address',
  requestPhoneUpdate: 'Phone number',
  deleteAccount: 'Deletion',
  registerAccount: 'Registration',
  signOut: 'Sessions',
  cancelEmailChange: 'Stop or undo a change',
  signInWithIdentityProvider: 'Identity providers',
  apiKey: 'This application',
};

export const groups = operations.reduce((list, operation) => {
  if (headings[operation.name]) {
    list.push({ heading: headings[operation.name], operations: [] });
  }
  list.at(-1).operations.push(operation);
  return list;
}, []);
