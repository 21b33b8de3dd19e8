// Runs before the page. A webview's own menu has reload, print and save as, which are not ours;
// over a field it has cut, copy and paste, which people look for there.
addEventListener('contextmenu', (event) => {
    const field = event.target instanceof Element && event.target.closest('input, textarea');
    if (!field) event.preventDefault();
});
