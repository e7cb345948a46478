"""Papers for print and archive: PDF/A-3a and PDF/UA-1 at once, made of packaged files and nothing else."""

from mimetypes import guess_type

import pydyf
from django.conf import settings
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "asset:"
STATIC = (settings.BASE_DIR / "static").resolve()

# WeasyPrint writes one standard's mark at a time; the other is put in beside it, with the schema
# that PDF/A asks of a mark not its own (ISO 19005-3, 6.6.2.3).
UA_MARK = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class OutsideAsset(Exception):
    """A paper asked for something that is not packaged with the service."""


class PackagedAssets(URLFetcher):
    """Gives a paper our own style sheets and fonts; anything else stops the print."""

    def fetch(self, url, headers=None):
        path = (STATIC / url.removeprefix(SCHEME)).resolve()
        if not url.startswith(SCHEME) or not path.is_relative_to(STATIC) or not path.is_file():
            raise FatalURLFetchingError("not a packaged asset")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def write(html: str) -> bytes:
    """The page as PDF. Raises OutsideAsset if it asks for anything beyond `asset:` under static/."""
    page = HTML(string=html, base_url=SCHEME, url_fetcher=PackagedAssets())
    try:
        return page.write_pdf(pdf_variant="pdf/a-3a", finisher=_mark_accessible)
    except FatalURLFetchingError as refusal:  # not an Exception: it would pass every handler on its way
        raise OutsideAsset(str(refusal)) from None


def _mark_accessible(document, pdf: pydyf.PDF) -> None:
    """Say that the paper follows PDF/UA too, and leave what is said readable (ISO 19005-3, 6.6.2.1)."""
    metadata = next(
        part
        for part in pdf.objects
        if isinstance(part, pydyf.Stream) and part.extra.get("Type") == "/Metadata"
    )
    metadata.compress = False
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", UA_MARK)]
