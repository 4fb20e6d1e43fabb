// Shows what is new once a second, and marks it; nothing else moves, so reading and selecting stay possible.
const scene = document.getElementById("scene");
const seen = new Set([...scene.querySelectorAll("article")].map((one) => one.id));
let shown = "";

async function look() {
  const answer = await fetch("/scene").catch(() => null);
  document.body.classList.toggle("away", !answer);
  const text = answer && answer.ok ? await answer.text() : shown;
  if (text === shown) return;
  const first = shown === "";
  shown = text;
  if (first && seen.size === new DOMParser().parseFromString(text, "text/html").querySelectorAll("article").length) return;
  scene.innerHTML = text;
  for (const one of scene.querySelectorAll("article")) {
    if (!seen.has(one.id)) one.classList.add("new");
    seen.add(one.id);
  }
}

document.getElementById("arabic").addEventListener("click", () => {
  const form = document.getElementById("drop");
  form.elements.name.value = "نور";
  form.elements.subject.value = "عاجل: عقد صيانة الفرن";
  form.elements.text.value = "نرجو الاطلاع عليه قريبًا.";
});

setInterval(look, 1000);
