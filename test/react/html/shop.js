// The test says by the address what the element gets.
const element = document.createElement('accountql-account');
for (const [name, value] of new URLSearchParams(location.search)) {
  element.setAttribute(name, value);
}
globalThis.told = [];
element.addEventListener('accountql-session', ({ detail }) => told.push(detail.signedIn));
document.querySelector('main').append(element);
