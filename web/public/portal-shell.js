// Runs before the first paint: the words of the first page stand in the HTML itself, other pages must not show them.
document.documentElement.dataset.page = location.pathname === "/" && !location.search.includes("t=") ? "home" : "inner";
