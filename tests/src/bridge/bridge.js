// The window's framework as far as the page uses it, over fetch: invoke, callbacks, events.
(() => {
    const KEY = 'bridge-token';
    const token = new URLSearchParams(location.search).get('token') ?? sessionStorage.getItem(KEY);
    if (token) sessionStorage.setItem(KEY, token);
    const headers = { 'content-type': 'application/json', 'x-token': token ?? '' };

    const callbacks = new Map();
    let last = 0;
    const transformCallback = (callback, once = false) => {
        const id = ++last;
        callbacks.set(id, (data) => {
            if (once) callbacks.delete(id);
            return callback?.(data);
        });
        return id;
    };

    const listeners = new Map();
    const tell = (event, payload) => {
        for (const [id, listener] of listeners) {
            if (listener.event === event) callbacks.get(listener.handler)?.({ event, id, payload });
        }
    };
    let heard = -1;
    const hear = async () => {
        for (;;) {
            const answer = await fetch(`/host/events?after=${heard}`, { headers }).catch(() => null);
            if (!answer?.ok) return;
            for (const { at, event, payload } of await answer.json()) {
                heard = at;
                tell(event, payload);
            }
        }
    };

    const events = {
        'plugin:event|listen': ({ event, handler }) => {
            const id = ++last;
            listeners.set(id, { event, handler });
            if (heard < 0) {
                heard = 0;
                void hear();
            }
            return id;
        },
        'plugin:event|unlisten': ({ eventId }) => void listeners.delete(eventId),
        'plugin:event|emit': ({ event, payload }) => tell(event, payload),
    };

    const invoke = async (command, args = {}) => {
        if (command in events) return events[command](args);
        const answer = await fetch(`/ipc/${command}`, {
            method: 'POST',
            headers,
            body: JSON.stringify({ ask: args.ask ?? {} }),
        });
        const bytes = answer.headers.get('content-type') === 'application/octet-stream';
        if (answer.ok) return bytes ? answer.arrayBuffer() : answer.json();
        throw await answer.json().catch(() => answer.status);
    };

    window.isTauri = true;
    window.__TAURI_INTERNALS__ = {
        invoke,
        transformCallback,
        unregisterCallback: (id) => callbacks.delete(id),
        runCallback: (id, data) => callbacks.get(id)?.(data),
        callbacks,
        convertFileSrc: (path) => path,
        metadata: { currentWindow: { label: 'main' }, currentWebview: { label: 'main' } },
    };
    window.__TAURI_EVENT_PLUGIN_INTERNALS__ = {
        unregisterListener: (_event, id) => listeners.delete(id),
    };
})();
