// How the inbox writes times: the list has little room, and the message has more.

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Returns a time in a few letters: "now", "5 min", "14:05", "30 Nov". */
export function briefly(time, now = new Date()) {
  const seconds = (now - time) / 1000;
  if (seconds < minute) {
    return 'now';
  }
  if (seconds < hour) {
    return `${Math.floor(seconds / minute)} min`;
  }
  return time.toDateString() === now.toDateString()
    ? time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : time.toLocaleDateString([], { day: 'numeric', month: 'short' });
}

/** Returns a time in full, with how long ago that was if it was today or yesterday. */
export function atLength(time, now = new Date()) {
  const seconds = Math.max(0, Math.floor((now - time) / 1000));
  const full = time.toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });
  return seconds < day ? `${full} (${ago(seconds)})` : full;
}

function ago(seconds) {
  if (seconds < 10) {
    return 'just now';
  }
  const [size, unit] = [[hour, 'hour'], [minute, 'minute'], [1, 'second']].find(([size]) => seconds >= size);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** Sets the text of an element if it is another one, so that nothing is read aloud twice. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
