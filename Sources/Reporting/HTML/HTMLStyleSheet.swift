/// The page's looks: no script, no font or picture from elsewhere, light or dark as the reader's system is, and
/// printable in black and white.
enum HTMLStyleSheet {
  static let text: StaticString = """
    :root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--line:#d9d9e0;--paper:#fff;--panel:#f5f6f8;\
    --good:#18794e;--bad:#c62a2f;--warn:#8d5b00;--mark:#fff3d6}
    @media(prefers-color-scheme:dark){:root{--ink:#eceef0;--soft:#a0a6ad;--line:#3a3f42;--paper:#151718;\
    --panel:#1e2123;--good:#4cc38a;--bad:#ff8589;--warn:#f1b95d;--mark:#3a2f14}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:70rem;background:var(--paper);color:var(--ink);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
    h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0 .5rem}
    h2{font-size:1.1rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
    h3{font-size:1rem;margin:1.25rem 0 .25rem}
    p{margin:.25rem 0}
    .soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
    .verdict{border-left:.4rem solid var(--soft);background:var(--panel);padding:.75rem 1rem;border-radius:.25rem}
    .verdict.bad{border-color:var(--bad);color:inherit}.verdict.good{border-color:var(--good);color:inherit}
    .verdict.warn{border-color:var(--warn);color:inherit}
    table{border-collapse:collapse;width:100%;margin:.5rem 0}
    th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);\
    overflow-wrap:anywhere;unicode-bidi:isolate}
    th{overflow-wrap:normal;font-weight:600;color:var(--soft);font-size:.85rem}
    .role,.number,.time{white-space:nowrap;font-variant-numeric:tabular-nums}
    .number,.time{color:var(--soft)}
    .ladder td{border-bottom:0;padding:.15rem .5rem .15rem 0}
    .ladder .gap{border-left:1px solid var(--line);padding-left:.75rem}
    .ladder tr.parting td{background:var(--mark);border-top:2px solid var(--warn)}
    .ladder small{display:block;color:var(--soft);overflow-wrap:anywhere}
    .ladder small.differs{color:var(--ink);font-weight:600}
    td code{white-space:nowrap}
    pre,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em}
    pre{background:var(--panel);border:1px solid var(--line);border-radius:.25rem;padding:.5rem .75rem;\
    overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;margin:.35rem 0 .75rem}
    ul,ol{padding-left:1.25rem;margin:.25rem 0}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.25rem 0}
    dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;unicode-bidi:isolate}
    details summary{cursor:pointer;color:var(--soft)}
    section.connection{border-top:1px solid var(--line);margin-top:1rem;padding-top:.5rem}
    @media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
    @media print{body{max-width:none;padding:0;font-size:11pt;color:#000;background:#fff}\
    pre,.verdict{background:none;border:1px solid #888}h2,h3,tr,pre{break-inside:avoid}h2,h3{break-after:avoid}}
    """
}
