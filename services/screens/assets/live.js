// What changes elsewhere appears without reloading. The page hears that something changed (htmx's
// server-sent events), and asks for itself again. Whoever is writing or stands in the page is not
// interrupted: then a line says so, with a way to see it.
(() => {
  const place = () => document.getElementById("inhoud");

  const changed = (field) => {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((one) => one.selected && !one.defaultSelected && one.value);
    return field.value !== field.defaultValue;
  };

  const isBusy = (main) =>
    (main !== document.activeElement && main.contains(document.activeElement)) ||
    main.querySelector("details[open] form") !== null ||
    [...main.querySelectorAll("input, select, textarea")].some(changed);

  const say = () => {
    const line = document.getElementById("veranderd");
    const text = document.getElementById("veranderd-tekst");
    if (line && text && !line.hasChildNodes()) line.append(text.content.cloneNode(true));
  };

  // The page's own address; of one that answered a form, the page on which that form stands.
  const address = () => document.getElementById("veranderd-tekst").content.querySelector("a").getAttribute("href");

  // What came of the reader's own deed was said once, and not by the page's own address: it stays until
  // the reader goes on.
  const keep = (said, fresh) => {
    const crumbs = fresh.querySelector(".db-crumbs");
    if (crumbs) crumbs.after(...said);
    else fresh.prepend(...said);
  };

  const show = async (main) => {
    const answer = await fetch(address(), { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return say();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("inhoud");
    // Something may have been begun in the meantime.
    if (!fresh || isBusy(main)) return say();
    keep(main.querySelectorAll(":scope > .db-alert"), fresh);
    main.replaceChildren(...fresh.childNodes);
    htmx.process(main);
  };

  document.addEventListener("changed", () => {
    const main = place();
    if (isBusy(main)) say();
    else show(main).catch(say);
  });

  // Whoever may see it no more is told so, and the page asks no further.
  document.addEventListener("ended", (event) => {
    say();
    const listened = event.target.closest("[hx-sse\\:connect]");
    const quiet = listened?.cloneNode(true);
    quiet?.removeAttribute("hx-sse:connect");
    listened?.replaceWith(quiet);
  });
})();
