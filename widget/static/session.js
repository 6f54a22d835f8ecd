// What a browser tab remembers of the conversation. Nothing is stored before the parent writes; no cookie, nothing for long.

export const SAVED = "lotse-saved";
const STORED = "lotse-conversation";
const MOST_TURNS = 40;
const PATIENCE_MS = 20000;

// Returns the tab's conversation: `id`, `language`, `turns`, `waiting` (a message without its reply yet), `open`.
export function storedConversation(alliance) {
  const key = alliance ? `${STORED}-${alliance}` : STORED;
  let state = read(key);

  function keep(changes) {
    state = { ...state, ...changes };
    if (!state.id) return;
    try { sessionStorage.setItem(key, JSON.stringify(state)); } catch { /* a browser that keeps nothing: the page itself remembers */ }
  }

  return {
    get id() { return state.id; },
    get turns() { return state.turns; },
    get waiting() { return state.waiting; },
    get language() { return state.language; },
    get open() { return state.open; },
    keep,
    // Notes a message before it is sent, under an id by which the server knows it again.
    begin(message, shown) {
      const again = state.waiting && state.waiting.message === message ? state.waiting.id : randomId();
      keep({ id: state.id || randomId(), waiting: { id: again, message, shown } });
      return state.waiting;
    },
    answered(turn, reply) {
      const said = [...state.turns, { said: turn.shown, language: state.language }, { messages: reply.messages, language: reply.language }];
      keep({ turns: said.slice(-MOST_TURNS), waiting: null, language: reply.language });
    },
    forget() {
      state = empty();
      try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ }
    },
  };
}

// Returns whether the parent kept an offering in this browser.
export function somethingSaved() {
  try { return localStorage.getItem(SAVED) !== null; } catch { return false; }
}

// Sends a message and returns the reply; the same message id gets the same reply, however often it is sent.
export async function ask(url, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: patience.signal,
    });
    if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status });
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

const empty = () => ({ id: null, language: null, turns: [], waiting: null, open: false });

function read(key) {
  try {
    const state = JSON.parse(sessionStorage.getItem(key));
    return state && typeof state.id === "string" && Array.isArray(state.turns) ? { ...empty(), ...state } : empty();
  } catch {
    return empty();
  }
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
}
