// Shows what is new without a reload; without JavaScript the page refreshes itself.
const EVERY = 3000;

async function look() {
  const live = document.getElementById("live");
  if (document.hidden || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (fresh && fresh.innerHTML !== live.innerHTML) live.replaceWith(document.adoptNode(fresh));
  } catch {
    // the server is away: what is shown stays
  }
}

setInterval(look, EVERY);
