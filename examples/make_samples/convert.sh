#!/bin/sh
# Makes the two sample returns that need another program: an old-format .xls (LibreOffice) and a
# password-protected .xlsx (msoffcrypto-tool, from PyPI). Run from the top of the repository:
#
#   sh examples/make_samples/convert.sh
#
# Both results are committed. The encrypted file differs at every run, because its salt is random;
# its password is "safeguarding".
set -eu

returns=samples/2013-14-q4-messy/returns
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo run --quiet --example make_samples "$work/samples" "$work/sources"
soffice -env:UserInstallation="file://$work/profile" --headless --convert-to "xls:MS Excel 97" \
    --outdir "$work/old" "$work/sources/NHS Herefordshire Q4.xlsx" >/dev/null
cp "$work/old/NHS Herefordshire Q4.xls" "$returns/"
msoffcrypto-tool -e -p safeguarding "$work/sources/Cafcass.xlsx" "$returns/Cafcass.xlsx"
