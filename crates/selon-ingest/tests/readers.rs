//! Every kind of input gives its articles; hostile ones give a problem.

use std::io::{Cursor, Write};

use selon_core::article::Article;
use selon_ingest::{Inputs, Item, Limits, Origin, read_bytes};

const BODY: &str =
    "Des soldats ont tué deux civils à Gao mardi, a annoncé le gouverneur de la région dans un communiqué lu à la radio locale.";
const MORE: &str = "La police a arrêté une dizaine de manifestants dans le quartier du marché, selon une organisation de défense des droits humains qui demande leur libération.";

fn read(name: &str, bytes: &[u8]) -> Vec<Item> {
    read_bytes(bytes, &Origin { name: name.into(), ..Origin::default() }, Limits::default())
}

fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    read(name, bytes).into_iter().map(|item| item.expect("an article")).collect()
}

fn problem(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).into_iter().find_map(Result::err).expect("a problem").message
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn page() -> String {
    format!(
        "<!DOCTYPE html><html lang=fr><head><title>Deux morts à Gao | La Gazette</title>\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"Deux morts à Gao\",\"datePublished\":\"2024-03-13T08:00:00+00:00\",\"publisher\":{{\"name\":\"La Gazette\"}}}}</script>\
         <link rel=canonical href=\"https://gazette.example/gao\"></head><body><nav>Accueil</nav><article><h1>Deux morts à Gao</h1>\
         <div class=article-body><p>{BODY}</p><p class=lire-aussi>Lire aussi : Autre chose</p><p>{MORE}</p></div></article><aside class=comments><p>Un avis.</p></aside></body></html>"
    )
}

fn record(kind: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://gazette.example/a\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n", content.len()).into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

fn warc() -> Vec<u8> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}", page());
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        page().len(),
        page()
    );
    [
        record("warcinfo", "application/warc-fields", b"software: test\r\n"),
        record("response", "application/http;msgtype=response", answer.as_bytes()),
        record("response", "application/http;msgtype=response", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>no"),
        record("response", "application/http;msgtype=response", chunked.as_bytes()),
    ]
    .concat()
}

fn check_page(article: &Article) {
    assert_eq!(article.text, format!("{BODY}\n\n{MORE}"));
    assert_eq!(article.title.as_deref(), Some("Deux morts à Gao"));
    assert_eq!(article.published.as_deref(), Some("2024-03-13T08:00:00+00:00"));
    assert_eq!(article.outlet.as_deref(), Some("La Gazette"));
    assert_eq!(article.lang.as_deref(), Some("fr"));
    assert_eq!(article.url.as_deref(), Some("https://gazette.example/gao"));
}

#[test]
fn text_keeps_its_characters_and_takes_its_date_from_its_name() {
    let [article] = articles("2024-03-13_gao.txt", BODY.as_bytes()).try_into().expect("one");
    assert_eq!((article.text.as_str(), article.published.as_deref()), (BODY, Some("2024-03-13")));
}

#[test]
fn a_page_plain_compressed_and_in_another_character_set() {
    check_page(&articles("a.html", page().as_bytes())[0]);
    check_page(&articles("a.html.gz", &gzip(page().as_bytes()))[0]);
    let latin: Vec<u8> = page().replace("<head>", "<head><meta charset=iso-8859-1>").chars().map(|letter| letter as u8).collect();
    check_page(&articles("a.html", &latin)[0]);
}

#[test]
fn feeds() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\"><channel><title>La Gazette</title><language>fr</language><item><title>Deux morts &amp; un blessé</title><link>https://gazette.example/a</link><pubDate>Wed, 13 Mar 2024 08:00:00 +0100</pubDate><description>court</description><content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p>]]></content:encoded></item></channel></rss>"
    );
    let [article] = articles("f.xml", rss.as_bytes()).try_into().expect("one");
    assert_eq!(article.text, format!("{BODY}\n\n{MORE}"));
    assert_eq!(article.title.as_deref(), Some("Deux morts & un blessé"));
    assert_eq!(article.published.as_deref(), Some("2024-03-13T08:00:00+01:00"));
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\"><title>La Gazette</title><entry><title>T</title><link rel=\"alternate\" href=\"https://gazette.example/a\"/><id>urn:1</id><updated>2024-03-13T08:00:00Z</updated><content type=\"html\">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"
    );
    let [article] = articles("f.atom", atom.as_bytes()).try_into().expect("one");
    assert_eq!(
        (article.text.as_str(), article.url.as_deref(), article.lang.as_deref()),
        (BODY, Some("https://gazette.example/a"), Some("fr"))
    );
    let json = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": [{"id": "1", "content_text": BODY, "date_published": "2024-03-13T08:00:00Z"}]});
    assert_eq!(articles("f.json", json.to_string().as_bytes())[0].text, BODY);
}

#[test]
fn archives_and_their_broken_records() {
    let found = articles("a.warc", &warc());
    assert_eq!(found.len(), 2);
    found.iter().for_each(check_page);
    let members: Vec<u8> = [gzip(&warc()), gzip(&warc())].concat();
    assert_eq!(articles("a.warc.gz", &members).len(), 4);
    let wacz = zip(&[("datapackage.json", b"{}"), ("archive/a.warc.gz", &gzip(&warc())), ("pages/pages.jsonl", b"{}")]);
    assert_eq!(articles("a.wacz", &wacz).len(), 2);
    let whole = warc();
    let cut = &whole[..whole.len() - 200];
    let read = read("a.warc", cut);
    assert!(read[0].is_ok());
    assert!(read.last().is_some_and(|item| item.as_ref().is_err_and(|problem| problem.message.contains("breaks off"))));
}

#[test]
fn mail_tables_and_documents() {
    let mail = format!(
        "From: La Gazette <a@gazette.example>\r\nSubject: =?utf-8?q?Alerte_=C3=A0_Gao?=\r\nDate: Wed, 13 Mar 2024 08:00:00 +0100\r\nMessage-ID: <1@gazette>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{BODY}</p><p>{MORE}</p>"
    );
    let [article] = articles("a.eml", mail.as_bytes()).try_into().expect("one");
    assert_eq!(article.title.as_deref(), Some("Alerte à Gao"));
    assert!(article.text.contains(BODY) && article.published.as_deref() == Some("2024-03-13T08:00:00+01:00"), "{article:?}");
    let table = format!("Titre;Texte;Date;Source\nT;\"{BODY}\";13/03/2024;La Gazette\n");
    let [article] = articles("a.csv", table.as_bytes()).try_into().expect("one");
    assert_eq!(
        (article.text.as_str(), article.published.as_deref(), article.outlet.as_deref()),
        (BODY, Some("2024-03-13"), Some("La Gazette"))
    );
    let xml = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p><w:p><w:r><w:t>L&#233;a &amp; Ali</w:t></w:r></w:p></w:body></w:document>"
    );
    assert_eq!(articles("a.docx", &zip(&[("word/document.xml", xml.as_bytes())]))[0].text, format!("{BODY}\n\nLéa & Ali"));
}

#[test]
fn exports_of_press_databases() {
    let rtf = r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}HD\tab Deux morts \'e0 Gao\par SN\tab La Gazette\par PD\tab 13 mars 2024\par LA\tab Fran\'e7ais\par LP\tab Des civils tu\'e9s.\par TD\tab La police a arr\u234?t\'e9 dix manifestants.\par Suite.\par AN\tab Document GAZ0001\par HD\tab Autre\par LP\tab Encore.\par}";
    let [first, second] = articles("a.rtf", rtf.as_bytes()).try_into().expect("two");
    assert_eq!(first.text, "Des civils tués.\n\nLa police a arrêté dix manifestants.\n\nSuite.");
    assert_eq!(first.published.as_deref(), Some("2024-03-13"));
    assert_eq!(
        (first.title.as_deref(), first.lang.as_deref(), first.url.as_deref()),
        (Some("Deux morts à Gao"), Some("fr"), Some("GAZ0001"))
    );
    assert_eq!(second.text, "Encore.");
    let one = |title: &str| {
        format!(
            "<article><header><div class=DocPublicationName>La Gazette, no. 7</div><div class=DocHeader>mercredi 13 mars 2024 - p. 3</div><div class=titreArticle><p>{title}</p></div></header><section><div class=docOcurrContainer><p>{BODY}</p><p>{MORE}</p></div></section></article>"
        )
    };
    let export = format!("<!DOCTYPE html><html><body>{}{}</body></html>", one("Un"), one("Deux"));
    let found = articles("e.html", export.as_bytes());
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[1].title.as_deref(), found[1].outlet.as_deref(), found[1].published.as_deref()),
        (Some("Deux"), Some("La Gazette"), Some("2024-03-13"))
    );
}

#[test]
fn hostile_inputs_are_problems() {
    assert!(problem("a.txt", b" \n").contains("empty"));
    assert!(problem("a.bin", b"\x7fELF\0\0").contains("binary"));
    assert!(problem("bomb.gz", &gzip(&vec![b' '; 200 << 20])).contains("larger than"));
    assert!(problem("cut.gz", &gzip(BODY.repeat(100).as_bytes())[..40]).contains("decompressed"));
    let nested = (0..8).fold(BODY.as_bytes().to_vec(), |inner, _| gzip(&inner));
    assert!(problem("n.gz", &nested).contains("within each other"));
    let deep = format!("<html><body>{}{BODY}", "<div>".repeat(200_000));
    assert_eq!(articles("deep.html", deep.as_bytes())[0].text.trim(), BODY);
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><item><title>x</title><description>&b;&b;</description></item></channel></rss>";
    assert_eq!(articles("l.xml", laughs.as_bytes())[0].text, "&b;&b;");
    let many = format!("<rss><channel>{}</channel></rss>", "<a>".repeat(50_000));
    assert!(problem("m.xml", many.as_bytes()).contains("nest"));
    for cut in (0..page().len()).step_by(37) {
        read("cut.html", &page().as_bytes()[..cut]);
    }
}

#[test]
fn a_later_run_goes_on_where_the_first_was_cut() {
    let folder = std::env::temp_dir().join(format!("selon-ingest-resume-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.warc.gz"), gzip(&warc())).expect("written");
    std::fs::write(folder.join("b.txt"), BODY).expect("written");
    std::fs::write(folder.join("b.txt.meta.json"), "{\"outlet\":\"La Gazette\",\"published\":\"13/03/2024\"}").expect("written");
    std::fs::write(folder.join("c.jsonl"), format!("{{\"text\":\"un\"}}\nnone\n{{\"text\":\"{BODY}\"}}\n")).expect("written");
    let paths = [folder.clone()];
    let whole: Vec<Item> = Inputs::new(&paths, Limits::default()).collect();
    assert_eq!(whole.len(), 6);
    assert_eq!(whole[2].as_ref().ok().and_then(|article| article.published.as_deref()), Some("2024-03-13"));
    for cut in 1..whole.len() {
        let mut first = Inputs::new(&paths, Limits::default());
        let mut read: Vec<Item> = first.by_ref().take(cut).collect();
        let position = first.position().clone();
        let mut second = Inputs::new(&paths, Limits::default());
        assert!(second.resume(&position));
        read.extend(second);
        assert!(read == whole, "cut after {cut}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}
