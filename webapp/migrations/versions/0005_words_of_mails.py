"""more of each mail is in a partnership's own words

Revision ID: 0005
Revises: 0004

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

partnership = sa.table('partnership', sa.column('id', sa.Integer), sa.column('mail_words', sa.JSON))


def upgrade():
    op.alter_column('partnership', 'mail_openings', new_column_name='mail_words')
    rewrite(lambda chosen: {kind: {'first': words} for kind, words in chosen.items()})


def downgrade():
    rewrite(lambda chosen: {kind: said['first'] for kind, said in chosen.items() if 'first' in said})
    op.alter_column('partnership', 'mail_words', new_column_name='mail_openings')


def rewrite(anew):
    """What partnerships chose, each mail's words in another shape."""
    for row in op.get_bind().execute(sa.select(partnership)).all():
        op.execute(
            sa.update(partnership)
            .where(partnership.c.id == row.id)
            .values(mail_words=anew(row.mail_words))
        )
