// Streamlit writes lang="en" and its own words in English, with no way to choose: they are put into Swedish here,
// as they come. Only whole attributes and whole texts of Streamlit's own are matched, never a part of the app's.
(() => {
  const LABELS = {
    "Sidebar": "Sidofält",
    "Collapse sidebar": "Fäll ihop sidofältet",
    "Expand sidebar": "Fäll ut sidofältet",
    "App pages": "Sidor",
    "Main menu": "Meny",
    "Open": "Öppna listan",
    "Close": "Stäng",
    "Clear value": "Rensa",
    "Clear all": "Rensa allt",
    "Clear entry": "Rensa",
    "Selected values": "Valda",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Scroll tabs left": "Rulla flikarna åt vänster",
    "Scroll tabs right": "Rulla flikarna åt höger",
    "Copy to clipboard": "Kopiera",
    "Copied": "Kopierat",
    "file upload": "Välj fil",
    "Link to heading": "Länk till rubriken",
    "Scrollable table": "Tabell som kan rullas",
    "visualization": "diagram",
    "group mark container": "diagramyta",
  };
  const TEXTS = {
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "No results": "Inga träffar",
    "No options": "Inget att välja",
    "No options to select": "Inget att välja",
    "No options to select.": "Inget att välja",
    "Copy to clipboard": "Kopiera",
    "Copied": "Kopierat",
    "Copied!": "Kopierat",
    "Upload": "Välj fil",
    "Press Enter to apply": "Tryck Enter",
    "Press Ctrl+Enter to apply": "Tryck Ctrl + Enter",
    "Press ⌘+Enter to apply": "Tryck ⌘ + Enter",
    "Only one file is allowed.": "Bara en fil åt gången.",
    "Connection error": "Ingen anslutning",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Översikten visas i stället.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Servern svarar inte. Kontrollera nätverket, och ladda om sidan om en stund.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Appen svarar inte. Ladda om sidan om en stund; adressen i webbläsaren för tillbaka hit.",
  };
  const PATTERNS = [
    [/^Remove (.+)$/, "Ta bort $1"],
    [/^File must be (\S+?)\s?([kKMG]?B) or smaller\.$/, "Filen får vara högst $1 $2."],
    [/^(\S+) files are not allowed\.$/, "Filer av typen $1 går inte att läsa här."],
    [/^You have requested page \/(.+), but no corresponding.*$/, "Adressen /$1 finns inte. Översikten visas i stället."],
  ];
  const ATTRIBUTES = ["aria-label", "aria-roledescription", "title", "placeholder"];
  const OWN = `[${ATTRIBUTES.join("],[")}]`;

  const swedish = (text, words) => {
    const own = text.trim();
    if (Object.hasOwn(words, own)) return words[own];
    const found = PATTERNS.find(([pattern]) => pattern.test(own));
    return found ? own.replace(...found) : null;
  };
  const name = (element) => {
    for (const attribute of ATTRIBUTES) {
      const told = element.getAttribute(attribute);
      const word = told && swedish(told, LABELS);
      if (word && word !== told) element.setAttribute(attribute, word);
    }
  };
  const write = (node) => {
    const word = swedish(node.data, TEXTS);
    if (word && word !== node.data) node.data = word;
  };
  const mend = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return write(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    name(root);
    root.querySelectorAll(OWN).forEach(name);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) write(texts.currentNode);
  };

  document.documentElement.lang = "sv";
  if (window.naravardSwedish) return;
  window.naravardSwedish = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(mend);
      else mend(change.target);
    }
  });
  mend(document.body);
  window.naravardSwedish.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES,
  });
})();
