# style.gp -- what all charts share: size, fonts, colours, frame.
# Needs: out, title, subtitle, caption, missing, height.
# formats: which pictures to make, of svg, png, pdf and sixel (a terminal's).  file: where to, if not beside this file.
# Colours are those of Okabe and Ito, told apart by colour-blind readers; symbols and dashes tell them apart in grey.

set encoding utf8
width = 960
black = 0x222222
grey = 0x777777
array colour[9] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x222222, 0x8C6D1F, 0x555555]
array symbol[16] = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14, 1, 2, 3, 7]
array dash[8] = [1, 2, 4, 5, 1, 2, 4, 5]

# Variants are numbered from 0; 8 is the serial base.
rgb(i) = colour[int(i) == 8 ? 9 : int(i) % 8 + 1]
mark(i) = symbol[int(i) % 16 + 1]
dashes(i) = dash[int(i) % 8 + 1]
part(c, shift, share) = int(255 - (255 - ((int(c) >> shift) & 255)) * share) << shift
tint(c, share) = part(c, 16, share) + part(c, 8, share) + part(c, 0, share)

if (!exists("formats")) { formats = "svg png pdf" }

# The commands that open a picture: the PNG is the SVG on a slide, 1600 pixels wide; the PDF has 96 pixels to an inch.
svg = "set terminal svg size %d,%d noenhanced font 'sans-serif,14' background rgb 'white'; set output '%s'"
png = "set terminal pngcairo size %d,%d noenhanced font 'sans-serif,14' fontscale 1.25 linewidth 1.67 pointscale 1.67" \
	."; set output '%s'"
pdf = "set terminal pdfcairo size %fin,%fin noenhanced font 'sans-serif,10.5'; set output '%s'"
sixel = "set terminal sixelgd size %d,%d truecolor noenhanced font 'sans,14' fontscale 0.75; set output '%s'"
to(kind) = exists("file") ? file : out.".".kind
picture(kind) = kind eq "svg" ? sprintf(svg, width, height, to(kind)) \
	: kind eq "png" ? sprintf(png, 5 * width / 3, 5 * height / 3, to(kind)) \
	: kind eq "sixel" ? sprintf(sixel, width, height, to(kind)) \
	: sprintf(pdf, width / 96.0, height / 96.0, to(kind))

# The command that puts steps of 1, 2, 5 on a logarithmic axis; of 1 alone, where it goes over more than so many
# decades.
step(v) = sprintf("'%s' %g", v < 9999 ? sprintf("%g", v) : gprintf("%.0s %c", v), v)
decade(e, far) = step(10.0**e).", ".(far ? "" : step(2*10.0**e).", ".step(5*10.0**e).", ")
decades(e, last, far) = e > last ? step(10.0**e) : decade(e, far).decades(e + 1, last, far)
steps(axis, low, top, few) = sprintf("set %stics (%s)", axis, \
	decades(floor(log10(low)), floor(log10(top)), log10(top / low) > few))

above(pixels) = 1 - pixels / real(height)
set label 1 title at screen 0.02, above(26) left font ",19" textcolor rgb black
set label 2 subtitle at screen 0.02, above(52) left font ",13" textcolor rgb grey
set label 3 caption at screen 0.02, above(height - 30) left font ",11" textcolor rgb grey
set label 4 missing at screen 0.02, above(height - 14) left font ",11" textcolor rgb grey
set border 3 linecolor rgb grey
set tics nomirror textcolor rgb black
set grid linetype 1 linecolor rgb 0xE4E4E4 linewidth 1
set bars small
