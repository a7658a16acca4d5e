"""more of each mail is in a partnership's own words; the way back from a change nobody was told of;
people chosen for a message, and why a place was given beyond the number of places;
an organiser may answer for a mailbox that is lost

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
    op.add_column('address_change', sa.Column('by_organiser', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table('undo',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organiser_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('left', sa.Text(), nullable=False),
    sa.Column('people', sa.Text(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['organiser_id'], ['organiser.id'], name=op.f('fk_undo_organiser_id_organiser')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_undo'))
    )
    with op.batch_alter_table('undo', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_undo_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_undo_organiser_id'), ['organiser_id'], unique=False)
    op.create_index(op.f('ix_email_queued_at'), 'email', ['queued_at'], unique=False)

    op.add_column('booking', sa.Column('over_capacity_reason', sa.Text(), nullable=True))
    op.add_column('date_message', sa.Column('chosen', sa.JSON(), nullable=True))


def downgrade():
    op.drop_column('date_message', 'chosen')
    op.drop_column('booking', 'over_capacity_reason')
    op.drop_index(op.f('ix_email_queued_at'), table_name='email')
    with op.batch_alter_table('undo', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_undo_organiser_id'))
        batch_op.drop_index(batch_op.f('ix_undo_at'))

    op.drop_table('undo')
    op.drop_column('address_change', 'by_organiser')
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
