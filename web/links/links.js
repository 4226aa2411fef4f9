// Each page runs one mutation with the token of its address, and only when its button is pressed.
// The token stands in the fragment, so no server and no log ever sees it as part of an address.

const operations = {
  confirmPasswordReset: {
    query: 'mutation confirmPasswordReset($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { revokedSessions } }',
    input: form => ({ password: form.elements.password.value }),
    title: 'Your new password is set',
    result: payload => `${ended(payload.revokedSessions)} Sign in with the new password from now on.`,
  },
  confirmEmailChange: {
    query: 'mutation confirmEmailChange($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { email } }',
    input: form => ({ newsletterAgreement: form.elements.newsletterAgreement.value === 'true' }),
    title: 'Your new e-mail address is confirmed',
    result: payload => `Your account's address is ${payload.email}. Sign in with it from now on.`,
  },
  confirmAccountActivation: {
    // The payload offers a session. This page can't hand it to anybody, so it leaves the token out.
    query: 'mutation confirmAccountActivation($input: ConfirmAccountActivationInput!) { confirmAccountActivation(input: $input) { session { id } } }',
    input: () => ({}),
    title: 'Your account is active',
    result: () => 'Your e-mail address is confirmed. You can sign in now.',
  },
  undoEmailChange: {
    query: 'mutation undoEmailChange($input: UndoEmailChangeInput!) { undoEmailChange(input: $input) { email revokedSessions } }',
    input: () => ({}),
    title: 'The change is undone',
    result: payload =>
      `Your account's address is ${payload.email}. ${ended(payload.revokedSessions)} ` +
      'If somebody else asked for the change, they may know your password: reset it now.',
  },
};

const title = document.getElementById('title');
const explanation = document.getElementById('explanation');
const result = document.getElementById('result');
const form = document.getElementById('form');
const button = document.getElementById('submit');
const problem = document.getElementById('problem');
const show = document.getElementById('show');

const operation = operations[form.dataset.operation];
const token = new URLSearchParams(location.hash.slice(1)).get('token')?.trim();
let busy = false;

if (token) {
  form.hidden = false;
} else {
  explanation.hidden = true;
  showProblem(
    "This page's address holds no token, so there is nothing it can do. Open the link in the message " +
      'again, and if you copied it, copy all of it. A link that was used is not needed any more.',
  );
}

// Another link to the page that is already open changes the fragment only, and loads nothing.
addEventListener('hashchange', () => location.reload());

show?.addEventListener('change', () => {
  form.elements.password.type = show.checked ? 'text' : 'password';
});

form.addEventListener('submit', async event => {
  event.preventDefault();
  if (busy) {
    return;
  }
  setBusy(true);
  clearProblems();
  try {
    const answer = await send(operation.query, { token, ...operation.input(form) });
    const payload = answer.data?.[form.dataset.operation];
    if (payload) {
      showResult(payload);
    } else {
      showErrors(answer.errors);
    }
  } catch (error) {
    showProblem(error.message);
  }
  setBusy(false);
});

// send returns the answer of /graphql, or throws an error whose message is for people.
async function send(query, input) {
  const config = await request('/graphiql/config.json', { cache: 'no-store' });
  return request('/graphql', {
    method: 'POST',
    headers: {
      Accept: 'application/graphql-response+json',
      'Content-Type': 'application/json',
      'X-Api-Key': config.apiKey,
    },
    body: JSON.stringify({ query, variables: { input } }),
    credentials: 'omit',
    cache: 'no-store',
  });
}

// request reads JSON whatever the status: a refused mutation has one of its own.
async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server doesn't answer. Is AccountQL still running? Try again in a moment.");
  }
  try {
    return await response.json();
  } catch {
    throw new Error(`The server answered in a way this page doesn't understand (HTTP status ${response.status}).`);
  }
}

function showResult(payload) {
  // The token is used up; the history keeps the address without it.
  history.replaceState(null, '', location.pathname);
  form.remove();
  explanation.hidden = true;
  title.textContent = operation.title;
  document.title = `${operation.title} · AccountQL`;
  result.textContent = operation.result(payload);
  // The button that had the focus is gone.
  title.focus();
}

// showErrors puts what is wrong with a field below it, and everything else below the form.
function showErrors(errors) {
  if (!errors?.length) {
    showProblem('The server answered with neither a result nor an error.');
    return;
  }
  let wrong;
  for (const { message, extensions } of errors) {
    const field = extensions?.field;
    const place = field && document.getElementById(`${field}-problem`);
    if (place) {
      // The message goes on from the field's name, which may or may not be part of it.
      const rest = message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
      place.textContent = sentence(`${place.dataset.subject} ${rest}`);
      place.hidden = false;
      const input = [form.elements[field]].flatMap(e => (e instanceof RadioNodeList ? [...e] : [e]));
      input.forEach(e => e.setAttribute('aria-invalid', 'true'));
      wrong ??= input[0];
    } else if (extensions?.code === 'TOKEN_INVALID' || field === 'token') {
      showProblem("This link can't be used: it was used already, has expired, or a newer one has replaced it.", extensions);
    } else {
      showProblem(sentence(message), extensions);
    }
  }
  wrong?.focus();
}

// showProblem adds a paragraph, and for programmers the code and the request's id.
function showProblem(text, extensions) {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  problem.append(paragraph);
  const details = [extensions?.code, extensions?.requestId && `request ${extensions.requestId}`].filter(Boolean);
  if (details.length) {
    const small = document.createElement('p');
    small.className = 'details';
    small.textContent = details.join(' · ');
    problem.append(small);
  }
  problem.hidden = false;
}

function clearProblems() {
  problem.replaceChildren();
  problem.hidden = true;
  for (const place of form.querySelectorAll('.problem')) {
    place.textContent = '';
    place.hidden = true;
  }
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
  }
}

// A button that is really disabled loses the focus, so this one only says that it is.
function setBusy(value) {
  busy = value;
  button.setAttribute('aria-disabled', String(value));
}

// sentence makes one of an error's message, which starts small and ends without a full stop.
function sentence(text) {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}

function ended(sessions) {
  return sessions === 0 ? 'No device was signed in.'
    : sessions === 1 ? 'One device was signed out.'
    : `${sessions} devices were signed out.`;
}
