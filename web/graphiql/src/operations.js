// The operations offered by default. Each lives in two files under ../operations, so that a
// Go test can validate them against the schema; the number in the name is the order of the tabs.
const files = import.meta.glob('../operations/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// Ada is somebody else each time the page is loaded, so that the tabs can be run again and again
// and never touch the customer of development mode.
const number = crypto.getRandomValues(new Uint32Array(1))[0];
const ofHerOwn = variables =>
  variables
    .replace(/"(ada[.a-z]*)@example\.com"/g, `"$1-${number.toString(36)}@example.com"`)
    .replace('"+48511234567"', `"+4851${String(number % 10_000_000).padStart(7, '0')}"`);

export const operations = Object.keys(files)
  .filter(path => path.endsWith('.graphql'))
  .sort()
  .map(path => {
    const variables = files[path.replace(/\.graphql$/, '.variables.json')].trim();
    return {
      name: path.match(/\d+-(\w+)\.graphql$/)[1],
      query: files[path],
      // An empty object tells the reader nothing, so the variables of such a tab stay blank.
      variables: variables === '{}' ? '' : ofHerOwn(variables),
    };
  });

// The list beside the editor shows the same order under headings.
const headings = {
  registerAccount: 'Start here: a new customer',
  requestEmailChange: 'E-mail address',
  requestPasswordReset: 'Forgotten password',
  signIn: 'Profile',
  changePassword: 'Password',
  requestPhoneUpdate: 'Phone number',
  signInWithIdentityProvider: 'Identity providers',
  createAddress: 'Address book',
  apiKey: 'This application',
  signOut: 'Sessions',
  requestDataExport: 'A copy of the data',
  cancelAccountDeletion: 'Deletion',
  requestIdentityCode: 'One proof for several changes',
  deleteAccount: 'The end',
  requestSignInCode: 'Sign-in by code',
};

export const groups = operations.reduce((list, operation) => {
  if (headings[operation.name]) {
    list.push({ heading: headings[operation.name], operations: [] });
  }
  list.at(-1).operations.push(operation);
  return list;
}, []);
